import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createBill } from '../../store/commands/create-bill.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { quietPolicy } from '../support/policy.ts'
import {
  atOnce,
  citizen,
  coded,
  DAY,
  describeStore,
  type Institution,
  newBill,
  NOW,
  one,
  openStore,
  refusals,
  type Store,
  wins,
} from './support.ts'

describeStore('creating a bill', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  const create = (input: Parameters<typeof newBill>[1] = {}, institution = town): ReturnType<typeof createBill> =>
    store.run((tx) => createBill(tx, newBill(institution.id, input), NOW))
  const count = async (table: string): Promise<number> =>
    (await store.admin.unsafe<{ count: number }[]>(`select count(*)::int as count from ${table}`))[0]?.count ?? 0

  it('records the bill, its charge, its first log entry and the fact that starts its run', async () => {
    const { billId, wake } = await create({ issueAt: NOW + DAY })
    const row = await one(store.sql, 'bills', billId)
    expect(row).toMatchObject({
      status: 'received',
      stage: 'issue',
      charged_minor: 10_000n,
      paid_minor: 0n,
      asks_money: true,
      issue_at: NOW + DAY,
      wake_at: NOW + DAY,
      issued_at: null,
      log_seq: 1,
    })
    expect(await store.sql`select kind, amount_minor from charges where bill_id = ${billId}`).toEqual([
      { kind: 'issued', amount_minor: 10_000n },
    ])
    const [entry] = await store.sql`select action, hash from log where subject = ${`bill:${billId}`}`
    expect(entry).toEqual({ action: 'received', hash: row['log_hash'] })
    expect(wake).toMatchObject({ billId, kind: 'billCreated' })
    expect(await one(store.sql, 'facts', wake.factId)).toMatchObject({ bill_id: billId, kind: 'billCreated', applied_at: null })
  })

  it('records a notice that asks for no money without a charge', async () => {
    const { billId } = await create({ amount: null })
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ asks_money: false, charged_minor: 0n })
    expect(await store.sql`select * from charges where bill_id = ${billId}`).toHaveLength(0)
  })

  it.each([0n, -5n])('leaves nothing behind where the amount is %s', async (minor) => {
    const word = randomUUID()
    await expect(create({ amount: { minor, currency: 'KRW' }, citizen: citizen(word) })).rejects.toEqual(coded('23514'))
    expect(await store.sql`select * from citizens where identifier_hash = ${citizen(word).identifierHash}`).toHaveLength(0)
  })

  it('refuses a number that the institution has used, and only there', async () => {
    const other = await store.institution()
    await create({ billNumber: 'A-1' })
    const [bills, citizens] = [await count('bills'), await count('citizens')]
    await expect(create({ billNumber: 'A-1' })).rejects.toEqual(coded('bill_number_taken'))
    expect([await count('bills'), await count('citizens')]).toEqual([bills, citizens])
    await create({ billNumber: 'A-1' }, other)
  })

  it('lets one of ten with the same number through', async () => {
    const results = await atOnce(10, () => create({ billNumber: 'A-10' }))
    expect(wins(results)).toBe(1)
    expect(new Set(refusals(results))).toEqual(new Set(['bill_number_taken']))
  })

  it('refuses a policy that the institution does not have', async () => {
    const other = await store.institution()
    await store.run((tx) =>
      insertPolicy(tx, { institutionId: other.id, name: 'theirs', title: { ko: 'ㅌ', en: 't' }, body: quietPolicy, actor: 'test' }, NOW),
    )
    await expect(create({ policy: 'theirs' })).rejects.toEqual(expect.objectContaining({ code: 'policy_unknown', pointer: '/policy' }))
  })

  it('keeps the newest version of the policy at that moment', async () => {
    const institution = await store.institution()
    const version = async (billId: string): Promise<unknown> =>
      (await store.sql`select p.version from bills b join policies p on p.id = b.policy_id where b.id = ${billId}`)[0]?.['version']
    const before = await institution.bill()
    await atOnce(3, () =>
      store.run((tx) =>
        insertPolicy(
          tx,
          { institutionId: institution.id, name: 'bill', title: { ko: 'ㅌ', en: 't' }, body: quietPolicy, actor: 'test' },
          NOW,
        ),
      ),
    )
    expect(await version(await institution.bill())).toBe(4)
    expect(await version(before)).toBe(1)
  })

  it('refuses a due date that has passed where the policy is', async () => {
    // In Seoul it is the 2nd of March at 09:00.
    await expect(create({ dueDate: '2026-03-01' })).rejects.toEqual(expect.objectContaining({ code: 'due_date_past', pointer: '/dueDate' }))
    await create({ dueDate: '2026-03-02' })
  })

  it('knows the same person for every institution, and lets none overwrite what is known', async () => {
    const other = await store.institution()
    const [first, second] = [citizen('kim'), citizen('kim')]
    const one_ = await create({ citizen: { ...first, contacts: [{ channel: 'inbox', address: 'kim@home.example' }] } })
    const two = await create(
      {
        citizen: {
          ...second,
          name: 'Somebody Else',
          language: 'en',
          contacts: [
            { channel: 'inbox', address: 'thief@example.org' },
            { channel: 'email', address: 'kim@work.example' },
          ],
        },
      },
      other,
    )
    const citizenOf = async (billId: string): Promise<unknown> => (await one(store.sql, 'bills', billId))['citizen_id']
    const id = (await citizenOf(one_.billId)) as string
    expect(await citizenOf(two.billId)).toBe(id)
    expect(await store.sql`select name from citizen_names where citizen_id = ${id}`).toEqual([{ name: '김하늘' }])
    expect(await one(store.sql, 'citizens', id)).toMatchObject({ language: 'ko' })
    expect(await store.sql`select channel, address from citizen_contacts where citizen_id = ${id} order by channel`).toEqual([
      { channel: 'email', address: 'kim@work.example' },
      { channel: 'inbox', address: 'kim@home.example' },
    ])
  })

  it('makes one citizen of a person whom ten bills name at once', async () => {
    const results = await atOnce(10, () => create({ citizen: citizen('crowd') }))
    expect(wins(results)).toBe(10)
    expect(await store.sql`select * from citizens where identifier_hash = ${citizen('crowd').identifierHash}`).toHaveLength(1)
    expect(await store.sql`select distinct citizen_id from citizen_contacts where address = 'crowd@example.org'`).toHaveLength(1)
  })
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { billsAwaitingCredit } from '../../store/bills/bills-awaiting-credit.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { look } from '../../store/commands/look.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { allocateExcess, refundExcess } from '../../store/commands/use-excess.ts'
import {
  atOnce,
  capture,
  citizen,
  coded,
  describeStore,
  type Institution,
  NOW,
  one,
  open,
  openStore,
  refusals,
  type Store,
  wins,
} from './support.ts'

describeStore('money that a bill cannot take', () => {
  let store: Store
  let holding: Institution
  let keeping: Institution
  beforeAll(async () => {
    store = await openStore()
    ;[holding, keeping] = await Promise.all([store.institution({ onExcess: 'hold' }), store.institution({ onExcess: 'offset' })])
  })
  afterAll(() => store.close())

  let people = 0
  const person = () => ({ citizen: citizen(`excess-${++people}`) })
  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const excessOf = async (billId: string): Promise<string> =>
    (await store.sql<{ id: string }[]>`select id from excesses where bill_id = ${billId}`)[0]?.id ?? ''
  const exception = (excessId: string) =>
    store.sql`select owner, closed_at from exceptions where kind = 'excessHeld' and subject_id = ${excessId}`
  const actions = async (billId: string): Promise<unknown[]> =>
    (await store.sql`select action from log where subject = ${`bill:${billId}`} order by seq`).map((row): unknown => row['action'])
  /** A bill that was cancelled while the citizen paid. */
  const tooLate = async (institution: Institution, who = person()): Promise<string> => {
    const billId = await institution.issued(who)
    const checkoutId = await open(store, [billId])
    await store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))
    await capture(store, checkoutId)
    return billId
  }
  const balance = async (billId: string): Promise<Record<string, bigint>> => {
    const rows = await store.sql<{ account: string; sum: bigint }[]>`
      select account, sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint as sum from ledger_entries where bill_id = ${billId} group by 1`
    return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]))
  }

  it('is held with an age and an owner, and goes back when somebody says so', async () => {
    const billId = await tooLate(holding)
    const excessId = await excessOf(billId)
    expect(await exception(excessId)).toEqual([{ owner: 'operations', closed_at: null }])
    const results = await atOnce(10, () => store.run((tx) => refundExcess(tx, { excessId, actor: 'key:x' }, NOW)))
    expect([wins(results), new Set(refusals(results))]).toEqual([1, new Set(['excess_used_up'])])
    expect(await exception(excessId)).toEqual([{ owner: 'operations', closed_at: NOW }])
    expect(await store.sql`select amount_minor, reason, state from refunds where bill_id = ${billId}`).toEqual([
      { amount_minor: 10_000n, reason: 'excessReleased', state: 'requested' },
    ])
    expect(await balance(billId)).toEqual({ suspense: 0n, refundPayable: -10_000n })
    expect(await bill(billId)).toMatchObject({ stage: 'refund', status: 'cancelled' })
  })

  it('is given to another bill of the same citizen and institution, and to no other', async () => {
    const who = person()
    const billId = await tooLate(holding, who)
    const excessId = await excessOf(billId)
    const [target, other, foreign] = [await holding.issued(who), await holding.issued(person()), await keeping.issued(who)]
    const give = (to: string, minor?: bigint) =>
      store.run((tx) =>
        allocateExcess(
          tx,
          { excessId, billId: to, actor: 'key:x', ...(minor === undefined ? {} : { amount: { minor, currency: 'KRW' as const } }) },
          NOW,
        ),
      )
    await expect(give(other)).rejects.toEqual(coded('excess_elsewhere'))
    await expect(give(foreign)).rejects.toEqual(coded('bill_not_found'))
    await expect(give(billId)).rejects.toEqual(coded('bill_not_payable'))
    await expect(give(target, 10_001n)).rejects.toEqual(coded('amount_above_excess'))
    await expect(give(target, 0n)).rejects.toEqual(coded('amount_not_positive'))
    await give(target, 4_000n)
    expect(await bill(target)).toMatchObject({ status: 'issued', paid_minor: 4_000n })
    await give(target)
    expect(await bill(target)).toMatchObject({ status: 'paid', paid_minor: 10_000n })
    // Two parts of one payment are one allocation.
    expect(await store.sql`select amount_minor from allocations where bill_id = ${target}`).toEqual([{ amount_minor: 10_000n }])
    expect(await balance(target)).toEqual({ payable: -10_000n })
    expect(await actions(billId)).toEqual(expect.arrayContaining(['excessHeld', 'excessReleased']))
    expect(await actions(target)).toEqual(expect.arrayContaining(['paid', 'creditUsed']))
  })

  it('is kept as credit, which the open bill of the institution takes at once', async () => {
    const who = person()
    const next = await keeping.issued(who)
    const billId = await tooLate(keeping, who)
    expect(await billsAwaitingCredit(store.sql, { from: [billId], limit: 10 })).toEqual([next])
    expect(await store.run((tx) => look(tx, next, NOW))).toMatchObject({ stage: 'pay', step: { kind: 'useCredit' }, at: NOW })
    expect(await store.run((tx) => takeStep(tx, next, 'useCredit', NOW))).toMatchObject({ status: 'paid', stage: 'reconcile' })
    expect(await bill(next)).toMatchObject({ paid_minor: 10_000n })
    expect(await balance(billId)).toEqual({ citizenCredit: 0n })
    expect(await billsAwaitingCredit(store.sql, { limit: 10 })).toEqual([])
    expect(await actions(billId)).toContain('excessCredited')
    expect(await actions(next)).toContain('creditUsed')
  })

  it('waits as credit for the next bill, and what is left of it for the one after', async () => {
    const who = person()
    await tooLate(keeping, who)
    const [first, second] = [
      await keeping.issued({ ...who, amount: { minor: 4_000n, currency: 'KRW' } }),
      await keeping.issued({ ...who, amount: { minor: 9_000n, currency: 'KRW' } }),
    ]
    await Promise.all([first, second].map((billId) => store.run((tx) => takeStep(tx, billId, 'useCredit', NOW))))
    const rows = [await bill(first), await bill(second)]
    expect(rows.reduce((sum, row) => sum + (row['paid_minor'] as bigint), 0n)).toBe(10_000n)
    // Whoever came second took what was left and asks for no more of it.
    for (const row of rows)
      expect(await store.run((tx) => look(tx, row['id'] as string, NOW))).not.toMatchObject({ step: { kind: 'useCredit' } })
  })

  it('that came by transfer wakes the bill that can take it, and settles it at once', async () => {
    const who = person()
    const [paid, next] = [await keeping.issued(who), await keeping.issued(who)]
    const transfer = {
      gateway: 'bank',
      reference: paid,
      method: 'bankTransfer',
      amount: { minor: 25_000n, currency: 'KRW' },
      paidAt: NOW,
      paidAtSource: 'bank',
      billId: paid,
    } as const
    const { wakes } = await store.run((tx) => recordTransfer(tx, transfer, NOW))
    expect(wakes.map(({ billId }) => billId)).toEqual([paid, next])
    await store.run((tx) => takeStep(tx, next, 'useCredit', NOW))
    expect(await bill(next)).toMatchObject({ status: 'settled', settled_minor: 10_000n })
    expect(await one(store.sql, 'excesses', await excessOf(paid))).toMatchObject({ amount_minor: 15_000n, used_minor: 10_000n })
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import type { LogRow } from '../../store/log/append-log.ts'
import { hashOf } from '../../store/log/chain.ts'
import { headsSince } from '../../store/log/heads-since.ts'
import { verifyLog } from '../../store/log/verify.ts'
import { quietPolicy } from '../support/policy.ts'
import { atOnce, capture, DAY, describeStore, HOUR, type Institution, NOW, open, openStore, type Store } from './support.ts'

describeStore('the log', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  const rows = (): Promise<LogRow[]> =>
    store.sql<LogRow[]>`select subject, seq, at, action, actor, body, previous_hash, hash from log order by subject, seq`
  const ofBill = (billId: string): Promise<LogRow[]> =>
    store.sql<
      LogRow[]
    >`select subject, seq, at, action, actor, body, previous_hash, hash from log where subject = ${`bill:${billId}`} order by seq`

  /** A bill with six entries. */
  async function story(): Promise<string> {
    const billId = await town.issued()
    const order = { billId, reason: '이의 신청', actor: 'key:key_1' }
    await store.run((tx) => pauseBill(tx, order, NOW + HOUR))
    await store.run((tx) => resumeBill(tx, order, NOW + DAY))
    const checkoutId = await open(store, [billId])
    await capture(store, checkoutId, 4_000n)
    await store.run((tx) => cancelBill(tx, order, NOW + DAY))
    return billId
  }

  it('of whatever was done holds, and its head stands on the bill', async () => {
    const bills = await Promise.all([story(), story(), story()])
    expect(verifyLog(await rows())).toEqual([])
    for (const billId of bills) {
      const entries = await ofBill(billId)
      const [row] = await store.sql`select log_seq, log_hash from bills where id = ${billId}`
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
      expect(row).toEqual({ log_seq: entries.length, log_hash: entries.at(-1)?.hash })
    }
  })

  it('of one subject has no hole and no fork, however many write to it at once', async () => {
    const title = { ko: 'ㅌ', en: 't' }
    await atOnce(10, () =>
      store.run((tx) => insertPolicy(tx, { institutionId: town.id, name: 'many', title, body: quietPolicy, actor: 'test' }, NOW)),
    )
    const billId = await town.issued()
    const order = { billId, reason: 'x', actor: 'test' }
    for (let round = 0; round < 5; round++)
      await atOnce(4, (index) => store.run((tx) => (index % 2 === 0 ? pauseBill : resumeBill)(tx, order, NOW + round * HOUR)))
    expect(verifyLog(await rows())).toEqual([])
  })

  describe('that somebody changed past every guard', () => {
    /** Changes one entry as only the owner of the machine can; answers what it takes to put it back. */
    async function tamper(billId: string, seq: number, change: string): Promise<() => Promise<void>> {
      const subject = `bill:${billId}`
      const before = (await store.admin`select * from log where subject = ${subject} and seq = ${seq}`)[0] ?? {}
      const write = (statement: string, values: never[] = []): Promise<unknown> =>
        store.admin.begin(async (tx) => {
          await tx`set local session_replication_role = replica`
          await tx.unsafe(statement, values)
        })
      await write(`update log set ${change} where subject = '${subject}' and seq = ${seq}`)
      return async () => {
        await write(`delete from log where subject like '%${billId}' and (seq = ${seq} or seq > 900)`)
        await store.admin`insert into log ${store.admin(before)}`
      }
    }

    it.each([
      ['at', `at = at + interval '1 millisecond'`, 'altered'],
      ['action', `action = 'forgiven'`, 'altered'],
      ['actor', `actor = 'nobody'`, 'altered'],
      ['body', `body = replace(body, 'x', 'y') || ' '`, 'altered'],
      ['hash', `hash = sha256(hash)`, 'altered'],
      ['previous_hash', `previous_hash = sha256(previous_hash)`, 'altered'],
    ] as const)('shows a changed %s, and in which entry', async (column, change, flaw) => {
      const billId = await story()
      const entries = (await ofBill(billId)).length
      for (let seq = 1; seq <= entries; seq++) {
        if (seq === 1 && column === 'previous_hash') continue
        const restore = await tamper(billId, seq, change)
        const flaws = verifyLog(await ofBill(billId))
        expect(flaws).toContainEqual({ subject: `bill:${billId}`, seq, flaw })
        // No other entry is blamed but the next one, where the link itself was changed.
        expect(new Set(flaws.map((one) => one.seq))).toEqual(new Set(column === 'hash' && seq < entries ? [seq, seq + 1] : [seq]))
        await restore()
        expect(verifyLog(await ofBill(billId))).toEqual([])
      }
    })

    it('shows an entry that moved to another number or subject', async () => {
      const billId = await story()
      const renumber = await tamper(billId, 3, `seq = 999`)
      expect(verifyLog(await ofBill(billId))).toEqual(
        expect.arrayContaining([
          { subject: `bill:${billId}`, seq: 3, flaw: 'missing' },
          { subject: `bill:${billId}`, seq: 999, flaw: 'altered' },
        ]),
      )
      await renumber()
      const restore = await tamper(billId, 3, `subject = 'bill:else'`)
      expect(verifyLog(await rows())).toEqual(
        expect.arrayContaining([
          { subject: `bill:${billId}`, seq: 3, flaw: 'missing' },
          { subject: 'bill:else', seq: 3, flaw: 'altered' },
        ]),
      )
      await store.admin.begin(async (tx) => {
        await tx`set local session_replication_role = replica`
        await tx`delete from log where subject = 'bill:else'`
      })
      await restore()
    })

    it('shows a tail that was cut off, or written anew, against heads kept elsewhere', async () => {
      const billId = await story()
      const heads = await headsSince(store.sql, NOW)
      const entries = await ofBill(billId)
      expect(verifyLog(await rows(), heads)).toEqual([])
      const cut = entries.slice(0, -1)
      const head = heads.filter(({ subject }) => subject === `bill:${billId}`)
      expect(verifyLog(cut)).toEqual([])
      expect(verifyLog(cut, head)).toEqual([{ subject: `bill:${billId}`, seq: entries.length, flaw: 'missing' }])
      // A forger who knows the layout can make a chain that holds by itself.
      const forged = { ...(entries.at(-1) as LogRow), body: '{"amount":"1"}' }
      const anew = [...cut, { ...forged, hash: hashOf({ ...forged, previousHash: forged.previous_hash }) }]
      expect(verifyLog(anew)).toEqual([])
      expect(verifyLog(anew, head)).toEqual([{ subject: `bill:${billId}`, seq: entries.length, flaw: 'replaced' }])
    })
  })
})

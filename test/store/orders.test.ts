import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { noteStop } from '../../store/checkouts/note-stop.ts'
import { cancelBill, writeOffBill } from '../../store/commands/drop-charge.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { look } from '../../store/commands/look.ts'
import { type Order, pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { recordSettlementAsk } from '../../store/commands/record-settlement-ask.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import type { Tx } from '../../store/connection.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import {
  atOnce,
  capture,
  coded,
  DAY,
  describeStore,
  HOUR,
  type Institution,
  NOW,
  one,
  open,
  openStore,
  refusals,
  type Store,
  wins,
} from './support.ts'

describeStore('orders of an institution', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  type Command = (tx: Tx, order: Order, now: number) => Promise<Wake[]>
  const give = (command: Command, billId: string, now = NOW): Promise<Wake[]> =>
    store.run((tx) => command(tx, { billId, reason: 'objection', actor: 'key:test' }, now))
  const paid = async (): Promise<string> => {
    const billId = await town.issued()
    await capture(store, await open(store, [billId]))
    return billId
  }
  const pauses = (billId: string): Promise<unknown> =>
    store.sql`select seq, reason, from_at, until_at from pauses where bill_id = ${billId} order by seq`

  describe('a pause', () => {
    it('stops the clocks and gives exactly the rest back', async () => {
      const billId = await town.issued()
      const before = (await one(store.sql, 'bills', billId))['due_at'] as number
      expect(await give(pauseBill, billId, NOW + HOUR)).toMatchObject([{ kind: 'paused', billId }])
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ due_at: null })
      expect(await give(resumeBill, billId, NOW + HOUR + 13 * DAY)).toMatchObject([{ kind: 'resumed' }])
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ due_at: before + 13 * DAY })
      expect(await pauses(billId)).toEqual([{ seq: 1, reason: 'objection', from_at: NOW + HOUR, until_at: NOW + HOUR + 13 * DAY }])
    })

    it('is one, however many ask for it at once', async () => {
      const billId = await town.issued()
      const results = await atOnce(10, () => give(pauseBill, billId))
      expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'bill_paused'])
      const ends = await atOnce(10, () => give(resumeBill, billId, NOW + HOUR))
      expect([wins(ends), ...new Set(refusals(ends))]).toEqual([1, 'bill_not_paused'])
      await give(pauseBill, billId, NOW + DAY)
      expect(await pauses(billId)).toHaveLength(2)
    })

    it('never reaches back into the one before, though the clocks of machines differ', async () => {
      const billId = await town.issued()
      await give(pauseBill, billId, NOW + HOUR)
      await give(resumeBill, billId, NOW)
      await give(pauseBill, billId, NOW - HOUR)
      expect(await pauses(billId)).toMatchObject([
        { from_at: NOW + HOUR, until_at: NOW + HOUR },
        { from_at: NOW + HOUR, until_at: null },
      ])
    })

    it('of a closed bill is refused', async () => {
      const billId = await town.issued()
      await give(cancelBill, billId)
      await expect(give(pauseBill, billId)).rejects.toEqual(coded('bill_closed'))
      await expect(give(resumeBill, billId)).rejects.toEqual(coded('bill_not_paused'))
    })

    it('wakes the run also where it stops no clock, for operators search by it', async () => {
      const idle = await store.institution({ pauseStops: [] })
      const billId = await idle.issued()
      expect(await give(pauseBill, billId)).toMatchObject([{ billId, kind: 'paused' }])
      expect(await give(resumeBill, billId)).toMatchObject([{ billId, kind: 'resumed' }])
    })
  })

  describe.each([
    ['cancelling', cancelBill, 'cancelled', 'cancelled_minor', 'cancellation'],
    ['writing off', writeOffBill, 'writtenOff', 'written_off_minor', 'writeOff'],
  ] as const)('%s', (_, command, status, sum, kind) => {
    it('takes away what is owed and closes the bill', async () => {
      const billId = await town.issued()
      expect(await give(command, billId)).toMatchObject([{ billId, kind: status }])
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status, stage: 'closed', [sum]: 10_000n })
      expect(await store.sql`select kind, amount_minor, reason from charges where bill_id = ${billId} and seq > 1`).toEqual([
        { kind, amount_minor: 10_000n, reason: 'objection' },
      ])
    })

    it('leaves what was paid with the institution', async () => {
      const billId = await town.issued()
      await capture(store, await open(store, [billId]), 4_000n)
      await give(command, billId)
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status, paid_minor: 4_000n, [sum]: 6_000n })
    })

    it('happens once, however many ask for it at once', async () => {
      const billId = await town.issued()
      const results = await atOnce(10, () => give(command, billId))
      expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'bill_closed'])
      expect(await store.sql`select * from charges where bill_id = ${billId}`).toHaveLength(2)
    })

    it('is refused for a paid bill', async () => {
      await expect(give(command, await paid())).rejects.toEqual(coded('bill_paid'))
    })

    it('of a bill that is not there is refused', async () => {
      await expect(give(command, 'bill_none')).rejects.toEqual(coded('bill_not_found'))
    })

    it('has the payment page ended that still asks for it', async () => {
      const billId = await town.issued()
      const checkoutId = await open(store, [billId])
      expect(await give(command, billId)).toMatchObject([{ billId, kind: status }])
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status, stage: 'pay', checkout_id: checkoutId })
      expect(await store.run((tx) => look(tx, billId, NOW))).toMatchObject({ stage: 'pay', step: { kind: 'endCheckout' }, at: NOW })
      expect(await store.run((tx) => noteStop(tx, billId, NOW))).toBe(checkoutId)
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state: 'open', stopped_because: 'billClosed' })
      await store.run((tx) => endCheckout(tx, checkoutId, 'cancel', { now: NOW }))
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status, stage: 'closed', checkout_id: null })
      expect(await store.run((tx) => noteStop(tx, billId, NOW))).toBeNull()
    })
  })

  it('a bill that is not issued yet can be cancelled and not be written off', async () => {
    const billId = await town.bill()
    await expect(give(writeOffBill, billId)).rejects.toEqual(coded('bill_not_issued'))
    await give(cancelBill, billId)
    await expect(give(writeOffBill, billId)).rejects.toEqual(coded('bill_closed'))
  })

  describe('a bookkeeping step', () => {
    const take = (billId: string, kind: Parameters<typeof takeStep>[2], now: number): ReturnType<typeof takeStep> =>
      store.run((tx) => takeStep(tx, billId, kind, now))
    const actions = async (billId: string): Promise<unknown[]> =>
      (await store.sql`select action from log where subject = ${`bill:${billId}`} order by seq`).map((row): unknown => row['action'])

    it('is taken when it is due and not before', async () => {
      const billId = await town.bill({ issueAt: NOW + HOUR })
      expect(await take(billId, 'issue', NOW)).toMatchObject({ status: 'received', step: { kind: 'issue' }, at: NOW + HOUR })
      expect(await take(billId, 'issue', NOW + HOUR)).toMatchObject({ status: 'issued', step: { key: 'notice:inbox' }, at: NOW + HOUR })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ issued_at: NOW + HOUR, wake_at: NOW + HOUR })
    })

    it('is taken once, however often and whenever its caller repeats it', async () => {
      const billId = await town.bill()
      expect(wins(await atOnce(10, () => take(billId, 'issue', NOW)))).toBe(10)
      await take(billId, 'issue', NOW + DAY)
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ issued_at: NOW })
      expect(await actions(billId)).toEqual(['received', 'issue'])
    })

    it('that the plan does not name changes nothing', async () => {
      const billId = await town.issued()
      for (const kind of ['fallDue', 'handBack', 'conclude', 'openException'] as const) await take(billId, kind, NOW + HOUR)
      expect(await actions(billId)).toEqual(['received', 'issue'])
    })

    it('leads an unpaid bill over its due date to its institution', async () => {
      const hasty = await store.institution({ chain: [], due: { from: 'issue', after: 'PT1H' }, handBackAfter: 'PT1H' })
      const billId = await hasty.issued()
      expect(await take(billId, 'fallDue', NOW + HOUR)).toMatchObject({ status: 'issued', at: NOW + HOUR + 1 })
      expect(await take(billId, 'fallDue', NOW + HOUR + 1)).toMatchObject({ status: 'overdue', step: { kind: 'handBack' } })
      expect(await take(billId, 'handBack', NOW + 2 * HOUR)).toMatchObject({ status: 'handedBack', stage: 'closed' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ stage: 'closed', wake_at: null })
    })

    it('does not hand a bill back while the citizen pays', async () => {
      const hasty = await store.institution({ chain: [], due: { from: 'issue', after: 'PT1H' }, handBackAfter: 'PT1H' })
      const billId = await hasty.issued()
      await open(store, [billId])
      expect(await take(billId, 'handBack', NOW + DAY)).toMatchObject({ status: 'issued', step: { kind: 'fallDue' } })
      expect(await take(billId, 'fallDue', NOW + DAY)).toMatchObject({ status: 'overdue', at: null })
    })

    it('asks for a settlement that never came, then opens one exception', async () => {
      const billId = await paid()
      for (let asked = 1; asked <= 7; asked++) {
        const key = `askSettlement:${asked}`
        expect(await take(billId, 'openException', NOW + 10 * DAY)).toMatchObject({ stage: 'reconcile', step: { key } })
        // A timed-out copy of the caller repeats it.
        await atOnce(3, () => store.run((tx) => recordSettlementAsk(tx, billId, key, NOW + 10 * DAY)))
      }
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ settlement_asks: 7 })
      await take(billId, 'openException', NOW + 10 * DAY - 1)
      expect(await store.sql`select id from exceptions where bill_id = ${billId}`).toHaveLength(0)
      expect(wins(await atOnce(5, () => take(billId, 'openException', NOW + 10 * DAY)))).toBe(5)
      expect(await store.sql`select kind, owner, opened_at, closed_at from exceptions where bill_id = ${billId}`).toEqual([
        { kind: 'settlementLate', owner: 'operations', opened_at: NOW + 10 * DAY, closed_at: null },
      ])
      expect(await take(billId, 'openException', NOW + 99 * DAY)).toMatchObject({ step: null, at: null, status: 'paid' })
    })
  })
})

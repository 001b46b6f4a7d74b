import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { extendBill, extendForCitizen } from '../../store/commands/extend-bill.ts'
import { look } from '../../store/commands/look.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { takeStep } from '../../store/commands/take-step.ts'
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

/** The end of a day in Seoul. */
const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999+09:00`)

describeStore('a later due date', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    // Thirty days after March 2 it is due, on April 1.
    town = await store.institution({ extension: { byCitizen: { days: 14, times: 2 } } })
  })
  afterAll(() => store.close())

  const extend = (billId: string, dueDate: string, now = NOW): ReturnType<typeof extendBill> =>
    store.run((tx) => extendBill(tx, { billId, dueDate, reason: 'granted', actor: 'key:test' }, now))
  const dueOf = async (billId: string): Promise<unknown> => (await one(store.sql, 'bills', billId))['due_at']
  const serve = async (billId: string, now = NOW): Promise<void> => {
    const begun = await store.run((tx) => beginDelivery(tx, billId, 'notice:inbox', now))
    if (!begun.due) throw new Error('the notice was not due')
    await store.run((tx) => recordReceipt(tx, begun.deliveryId, { level: 'delivered', at: now, reference: begun.deliveryId }, now))
  }

  it('is kept with its reason, and wakes the run', async () => {
    const billId = await town.issued()
    expect(await dueOf(billId)).toBe(endOf('2026-04-01'))
    expect(await extend(billId, '2026-04-30', NOW + DAY)).toMatchObject([
      { billId, kind: 'extended', line: 'the due date moved to 2026-04-30' },
    ])
    expect(await dueOf(billId)).toBe(endOf('2026-04-30'))
    expect(await store.sql`select seq, due_date, due_before, reason, by_citizen, actor from extensions where bill_id = ${billId}`).toEqual([
      { seq: 1, due_date: '2026-04-30', due_before: endOf('2026-04-01'), reason: 'granted', by_citizen: false, actor: 'key:test' },
    ])
    const [line] = await store.sql`select actor, body from log where subject = ${`bill:${billId}`} and action = 'extended'`
    expect(line).toMatchObject({ actor: 'key:test', body: JSON.stringify({ dueDate: '2026-04-30', reason: 'granted' }) })
  })

  it.each([
    ['the same', '2026-04-01', 'due_date_not_later'],
    ['an earlier one', '2026-03-31', 'due_date_not_later'],
    ['one that has passed', '2026-03-01', 'due_date_past'],
  ])('is never %s', async (_, day, code) => {
    const billId = await town.issued()
    await expect(extend(billId, day)).rejects.toEqual(coded(code))
    expect(await dueOf(billId)).toBe(endOf('2026-04-01'))
    expect(await store.sql`select 1 from extensions where bill_id = ${billId}`).toHaveLength(0)
  })

  it.each([
    ['served', { reminders: [] }, true, 'delivered'],
    ['not served', { reminders: [], chain: [] }, false, 'issued'],
  ])('takes an overdue bill that was %s back to where it stood', async (_, policy, served, status) => {
    const billId = await (await store.institution(policy)).issued()
    if (served) await serve(billId)
    const late = endOf('2026-04-01') + 1
    await store.run((tx) => takeStep(tx, billId, 'fallDue', late))
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'overdue' })
    await extend(billId, '2026-05-01', late + DAY)
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status, due_at: endOf('2026-05-01') })
    await store.run((tx) => takeStep(tx, billId, 'fallDue', endOf('2026-05-01') + 1))
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'overdue' })
  })

  it('reminds anew before it, and nobody of the date that was', async () => {
    const billId = await town.issued()
    await serve(billId)
    const view = (now: number): ReturnType<typeof look> => store.run((tx) => look(tx, billId, now))
    expect(await view(NOW)).toMatchObject({ step: { key: 'reminder:1' }, at: endOf('2026-03-25') })
    await extend(billId, '2026-04-30', NOW + DAY)
    expect(await view(NOW + DAY)).toMatchObject({ step: { key: 'reminder:1:2' }, at: endOf('2026-04-23') })
    // The week before a date that is three days ahead has begun already.
    const soon = await town.issued()
    await serve(soon)
    await extend(soon, '2026-04-02', endOf('2026-03-30'))
    expect(await store.run((tx) => look(tx, soon, endOf('2026-03-30')))).toMatchObject({ step: { key: 'fallDue' } })
  })

  it('goes on from a pause with what is left', async () => {
    const billId = await town.issued()
    await store.run((tx) => pauseBill(tx, { billId, reason: 'x', actor: 'test' }, NOW + DAY))
    await expect(extend(billId, '2026-04-01', NOW + 2 * DAY)).rejects.toEqual(coded('due_date_not_later'))
    await extend(billId, '2026-04-30', NOW + 2 * DAY)
    expect(await dueOf(billId)).toBeNull()
    await store.run((tx) => resumeBill(tx, { billId, reason: 'x', actor: 'test' }, NOW + 5 * DAY))
    expect(await dueOf(billId)).toBe(endOf('2026-05-03'))
  })

  it('is not for bills that have none, or no more', async () => {
    const closed = await town.issued()
    await store.run((tx) => cancelBill(tx, { billId: closed, reason: 'x', actor: 'test' }, NOW))
    await expect(extend(closed, '2026-04-30')).rejects.toEqual(coded('bill_closed'))
    const paid = await town.issued()
    await capture(store, await open(store, [paid]))
    await expect(extend(paid, '2026-04-30')).rejects.toEqual(coded('bill_paid'))
    await expect(extend(await town.issued({ amount: null }), '2026-04-30')).rejects.toEqual(coded('bill_asks_nothing'))
    const served = await store.institution({ due: { from: 'service', after: 'P14D' } })
    await expect(extend(await served.issued(), '2026-04-30')).rejects.toEqual(coded('due_date_unknown'))
    await expect(extend('bill_none', '2026-04-30')).rejects.toEqual(coded('bill_not_found'))
  })

  describe('that a citizen asks for', () => {
    const ask = (billId: string, dueDate: string, now = NOW): ReturnType<typeof extendForCitizen> =>
      store.run((tx) => extendForCitizen(tx, { billId, dueDate }, now))

    it('is granted at once, as often as the policy says', async () => {
      const billId = await town.issued()
      await ask(billId, '2026-04-15')
      expect(await dueOf(billId)).toBe(endOf('2026-04-15'))
      await ask(billId, '2026-04-29')
      await expect(ask(billId, '2026-05-13')).rejects.toEqual(coded('extension_not_offered'))
      expect(await store.sql`select seq, reason, by_citizen, actor from extensions where bill_id = ${billId} order by seq`).toEqual([
        { seq: 1, reason: null, by_citizen: true, actor: 'citizen' },
        { seq: 2, reason: null, by_citizen: true, actor: 'citizen' },
      ])
    })

    it('is granted once, however many ask at once for the date that was shown', async () => {
      const billId = await town.issued()
      const results = await atOnce(8, () => ask(billId, '2026-04-15'))
      expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'extension_not_offered'])
    })

    it.each<[string, (billId: string) => Promise<unknown>, number]>([
      ['overdue', async () => undefined, endOf('2026-04-01') + HOUR],
      ['paused', (billId) => store.run((tx) => pauseBill(tx, { billId, reason: 'x', actor: 'test' }, NOW)), NOW],
      ['cancelled', (billId) => store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW)), NOW],
    ])('is not for one that is %s', async (_, make, now) => {
      const billId = await town.issued()
      await make(billId)
      await expect(ask(billId, '2026-04-15', now)).rejects.toEqual(coded('extension_not_offered'))
    })

    it('is not for a longer time, nor where the policy offers none', async () => {
      await expect(ask(await town.issued(), '2026-06-01')).rejects.toEqual(coded('extension_not_offered'))
      const strict = await store.institution()
      await expect(ask(await strict.issued(), '2026-04-15')).rejects.toEqual(coded('extension_not_offered'))
    })
  })

  describe('and the end of the time to pay here', () => {
    it('ends the bill, after its due date at the earliest', async () => {
      const short = await store.institution({ expiresAfter: 'P10D', reminders: [], chain: [] })
      const billId = await short.issued()
      const due = endOf('2026-04-01')
      const expire = (now: number): ReturnType<typeof takeStep> => store.run((tx) => takeStep(tx, billId, 'expire', now))
      expect(await expire(NOW + 20 * DAY)).toMatchObject({ status: 'issued', step: { kind: 'fallDue' } })
      await store.run((tx) => takeStep(tx, billId, 'fallDue', due + 1))
      expect(await expire(due + 1)).toMatchObject({ status: 'handedBack', stage: 'closed' })
      expect((await store.sql`select action from log where subject = ${`bill:${billId}`} order by seq desc limit 1`)[0]).toEqual({
        action: 'expire',
      })
    })

    it('is the bill’s own where it has one, and no payment begins after it', async () => {
      const plain = await store.institution({ reminders: [], chain: [] })
      const billId = await plain.issued({ validUntil: '2026-04-10' })
      const end = endOf('2026-04-10')
      const checkout = await open(store, [billId], end - 60_000)
      expect(await one(store.sql, 'checkouts', checkout)).toMatchObject({ expires_at: end })
      // The page is ended first: what was paid on it before the end is the bill's.
      await store.run((tx) => takeStep(tx, billId, 'fallDue', end))
      expect(await store.run((tx) => look(tx, billId, end + 1))).toMatchObject({ step: { kind: 'endCheckout' }, at: end + 1 })
      await capture(store, checkout, undefined, end)
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'paid' })
      const other = await plain.issued({ validUntil: '2026-04-10' })
      await expect(open(store, [other], end + 1)).rejects.toEqual(coded('bill_not_payable'))
    })
  })
})

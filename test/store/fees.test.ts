import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { endOfDay } from '../../domain/calendar.ts'
import type { Policy } from '../../domain/policy.ts'
import type { PaymentReport } from '../../domain/ports/gateway.ts'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { closeDelivery } from '../../store/commands/close-delivery.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { extendBill } from '../../store/commands/extend-bill.ts'
import { look } from '../../store/commands/look.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { type Bookkeeping, takeStep } from '../../store/commands/take-step.ts'
import { capture, DAY, describeStore, type Institution, NOW, one, open, openStore, type Store } from './support.ts'

const late: Policy['late'] = { once: '3', again: { percent: '0.66', every: 'P1M', times: 60 } }
const DUE = endOfDay('2026-04-01', 'Asia/Seoul')

describeStore('surcharges and reductions in the books', () => {
  let store: Store
  let taxes: Institution
  let fines: Institution
  beforeAll(async () => {
    store = await openStore()
    taxes = await store.institution({ due: { from: 'issue', after: 'P30D' }, handBackAfter: 'P2000D', reminders: [], late })
    fines = await store.institution({ early: { percent: '20', within: 'P20D', from: 'issue' } })
  })
  afterAll(() => store.close())

  const bill = (id: string) => one(store.sql, 'bills', id)
  const charges = (id: string) => store.sql`select kind, amount_minor, takes_back from charges where bill_id = ${id} order by seq`
  const take = (id: string, kind: Bookkeeping, at: number) => store.run((tx) => takeStep(tx, id, kind, at))
  const pay = (checkoutId: string, minor: bigint, paidAt: number, now: number) => {
    const report: PaymentReport = { status: 'captured', amount: { minor, currency: 'KRW' }, method: 'card', paidAt }
    return store.run((tx) => recordCapture(tx, checkoutId, report as Extract<PaymentReport, { status: 'captured' }>, now))
  }
  /** A tax bill over 1,000,000 won that is past its due date. */
  async function overdue(): Promise<string> {
    const id = await taxes.issued({ amount: { minor: 1_000_000n, currency: 'KRW' } })
    await store.run((tx) => beginDelivery(tx, id, 'notice:inbox', NOW))
    await store.run((tx) => closeDelivery(tx, id, 'notice:inbox', 'fail', NOW))
    await take(id, 'fallDue', DUE + 1)
    return id
  }

  it('takes a surcharge once, however often the step is taken', async () => {
    const id = await overdue()
    expect(await store.run((tx) => look(tx, id, DUE + 1))).toMatchObject({ stage: 'pay', step: { kind: 'surcharge', key: 'surcharge:1' } })
    await Promise.all([1, 2, 3].map(() => take(id, 'surcharge', DUE + 1)))
    expect(await bill(id)).toMatchObject({ charged_minor: 1_030_000n, surcharged_minor: 30_000n, surcharges: 1 })
    expect(await charges(id)).toEqual([
      { kind: 'issued', amount_minor: 1_000_000n, takes_back: null },
      { kind: 'surcharge', amount_minor: 30_000n, takes_back: null },
    ])
  })

  it('takes nothing before its date, and the next one a month later', async () => {
    const id = await overdue()
    await take(id, 'surcharge', DUE)
    expect(await bill(id)).toMatchObject({ surcharges: 0 })
    await take(id, 'surcharge', DUE + 1)
    const month = endOfDay('2026-05-01', 'Asia/Seoul') + 1
    await take(id, 'surcharge', month - 1)
    expect(await bill(id)).toMatchObject({ surcharges: 1 })
    await take(id, 'surcharge', month)
    expect(await bill(id)).toMatchObject({ surcharges: 2, charged_minor: 1_036_600n })
  })

  it('waits while a payment page is open, so that its amount stays right', async () => {
    const id = await overdue()
    const checkoutId = await open(store, [id], DUE + 1)
    await take(id, 'surcharge', DUE + 2)
    expect(await bill(id)).toMatchObject({ surcharges: 0 })
    await capture(store, checkoutId, undefined, DUE + 3)
    expect(await bill(id)).toMatchObject({ status: 'paid', charged_minor: 1_000_000n })
  })

  it('takes back what a payment had been in time for, though it is heard of later', async () => {
    const id = await overdue()
    const checkoutId = await open(store, [id], DUE - DAY)
    await store.sql`update bills set checkout_id = null where id = ${id}`
    await take(id, 'surcharge', DUE + 1)
    await pay(checkoutId, 1_000_000n, DUE - 1000, DUE + 3 * DAY)
    expect(await bill(id)).toMatchObject({ status: 'paid', charged_minor: 1_000_000n, surcharged_minor: 0n, paid_minor: 1_000_000n })
    expect((await charges(id)).at(-1)).toEqual({ kind: 'surchargeTakenBack', amount_minor: 30_000n, takes_back: 2 })
  })

  it('keeps the surcharge of a payment that was too late by its own time', async () => {
    const id = await overdue()
    const checkoutId = await open(store, [id], DUE - DAY)
    await store.sql`update bills set checkout_id = null where id = ${id}`
    await take(id, 'surcharge', DUE + 1)
    await pay(checkoutId, 1_000_000n, DUE + 1, DUE + 3 * DAY)
    expect(await bill(id)).toMatchObject({ status: 'overdue', charged_minor: 1_030_000n, paid_minor: 1_000_000n })
    expect(await store.run((tx) => look(tx, id, DUE + 60 * DAY))).not.toMatchObject({ step: { kind: 'surcharge' } })
  })

  it('asks for the reduced amount within the offer and grants it with the payment', async () => {
    const id = await fines.issued({ amount: { minor: 40_000n, currency: 'KRW' } })
    const checkoutId = await open(store, [id], NOW + DAY)
    expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ amount_minor: 32_000n })
    await capture(store, checkoutId, undefined, NOW + DAY)
    expect(await bill(id)).toMatchObject({
      status: 'paid',
      charged_minor: 32_000n,
      reduced_minor: 8_000n,
      paid_minor: 32_000n,
      early_minor: 0n,
    })
    expect((await charges(id)).at(-1)).toMatchObject({ kind: 'reduction', amount_minor: 8_000n })
  })

  it('gives back what is too much where the full amount was paid within the offer', async () => {
    const id = await fines.issued({ amount: { minor: 40_000n, currency: 'KRW' } })
    const checkoutId = await open(store, [id], NOW + DAY)
    await capture(store, checkoutId, 40_000n, NOW + DAY)
    expect(await bill(id)).toMatchObject({ status: 'paid', charged_minor: 32_000n, paid_minor: 32_000n })
  })

  it('asks for the full amount after the offer, and ends a payment page with it', async () => {
    const id = await fines.issued({ amount: { minor: 40_000n, currency: 'KRW' } })
    const until = endOfDay('2026-03-22', 'Asia/Seoul')
    expect(await bill(id)).toMatchObject({ early_minor: 8_000n, early_until: until })
    const checkoutId = await open(store, [id], until - 60_000)
    expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ amount_minor: 32_000n, expires_at: until })
    await pay(checkoutId, 32_000n, until + 1, until + 1)
    expect(await bill(id)).toMatchObject({ status: 'issued', charged_minor: 40_000n, paid_minor: 32_000n })
  })

  it('takes back what a bill was charged for being late when its due date moves, and charges it anew after the new one', async () => {
    const id = await overdue()
    await take(id, 'surcharge', DUE + 1)
    await store.run((tx) => extendBill(tx, { billId: id, dueDate: '2026-06-30', reason: 'x', actor: 'test' }, DUE + 2))
    expect(await bill(id)).toMatchObject({ charged_minor: 1_000_000n, surcharged_minor: 0n, surcharges: 0 })
    const end = endOfDay('2026-06-30', 'Asia/Seoul')
    await take(id, 'fallDue', end + 1)
    await take(id, 'surcharge', end + 1)
    expect(await bill(id)).toMatchObject({ status: 'overdue', charged_minor: 1_030_000n, surcharges: 1 })
  })

  it('is paid when its due date moves and only the surcharge was left', async () => {
    const id = await overdue()
    const checkoutId = await open(store, [id], DUE - DAY)
    await store.sql`update bills set checkout_id = null where id = ${id}`
    await take(id, 'surcharge', DUE + 1)
    await pay(checkoutId, 1_000_000n, DUE + 2, DUE + 3)
    await store.run((tx) => extendBill(tx, { billId: id, dueDate: '2026-06-30', reason: 'x', actor: 'test' }, DUE + 4))
    expect(await bill(id)).toMatchObject({ status: 'paid', charged_minor: 1_000_000n, paid_minor: 1_000_000n, surcharges: 0 })
  })

  it('keeps what of a surcharge was paid before its due date moved', async () => {
    const id = await overdue()
    await take(id, 'surcharge', DUE + 1)
    const checkoutId = await open(store, [id], DUE + 2)
    await pay(checkoutId, 1_010_000n, DUE + 3, DUE + 4)
    await store.run((tx) => extendBill(tx, { billId: id, dueDate: '2026-06-30', reason: 'x', actor: 'test' }, DUE + 5))
    expect(await bill(id)).toMatchObject({ status: 'paid', charged_minor: 1_010_000n, surcharged_minor: 10_000n, paid_minor: 1_010_000n })
  })

  it('drops a bill with its surcharges', async () => {
    const id = await overdue()
    await take(id, 'surcharge', DUE + 1)
    await store.run((tx) => cancelBill(tx, { billId: id, reason: 'x', actor: 'test' }, DUE + 2))
    expect(await bill(id)).toMatchObject({ status: 'cancelled', cancelled_minor: 1_030_000n })
  })
})

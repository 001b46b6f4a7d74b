import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { amendBill, type Amendment } from '../../store/commands/amend-bill.ts'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { look } from '../../store/commands/look.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
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

const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999+09:00`)
const krw = (minor: bigint): Amendment => ({ amount: { minor, currency: 'KRW' } })

describeStore('an amendment', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution({ reminders: [] })
  })
  afterAll(() => store.close())

  const amend = (billId: string, changes: Amendment, now = NOW): ReturnType<typeof amendBill> =>
    store.run((tx) => amendBill(tx, { billId, reason: 'corrected', actor: 'key:test', ...changes }, now))
  const bill = (billId: string): Promise<Record<string, unknown>> => one(store.sql, 'bills', billId)
  const view = (billId: string, now = NOW): ReturnType<typeof look> => store.run((tx) => look(tx, billId, now))
  const charges = (billId: string): Promise<unknown> =>
    store.sql`select kind, amount_minor from charges where bill_id = ${billId} order by seq`
  const begin = async (billId: string, key: string, now = NOW): Promise<string> => {
    const begun = await store.run((tx) => beginDelivery(tx, billId, key, now))
    if (!begun.due) throw new Error(`${key} was not due`)
    return begun.deliveryId
  }
  const serve = async (billId: string, key: string, now = NOW): Promise<void> => {
    const deliveryId = await begin(billId, key, now)
    await store.run((tx) => recordReceipt(tx, deliveryId, { level: 'delivered', at: now, reference: deliveryId }, now))
  }

  it.each([
    ['more', 12_000n, 'increase', 2_000n],
    ['less', 7_500n, 'decrease', 2_500n],
  ])('asks for %s by a charge of its own', async (_, minor, kind, difference) => {
    const billId = await town.issued()
    expect(await amend(billId, krw(minor))).toMatchObject([{ billId, kind: 'amended' }])
    expect(await bill(billId)).toMatchObject({ charged_minor: minor, revision: 2, status: 'issued' })
    expect(await charges(billId)).toEqual([
      { kind: 'issued', amount_minor: 10_000n },
      { kind, amount_minor: difference },
    ])
    expect(
      await store.sql`select revision, amount_before_minor, amount_minor, served_again, reason from amendments where bill_id = ${billId}`,
    ).toEqual([{ revision: 2, amount_before_minor: 10_000n, amount_minor: minor, served_again: false, reason: 'corrected' }])
  })

  it('counts from the amount as amended before, and every revision once', async () => {
    const billId = await town.issued()
    await amend(billId, krw(12_000n))
    await amend(billId, krw(5_000n))
    expect(await bill(billId)).toMatchObject({ charged_minor: 5_000n, revision: 3 })
    const results = await atOnce(6, () => amend(billId, krw(6_000n)))
    expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'amendment_empty'])
    expect(await bill(billId)).toMatchObject({ charged_minor: 6_000n, revision: 4 })
  })

  describe('of what somebody was shown', () => {
    it('is served again, from then on, and its service proves nothing new', async () => {
      const billId = await town.issued()
      await serve(billId, 'notice:inbox')
      const due = (await bill(billId))['due_at']
      await amend(billId, krw(12_000n), NOW + DAY)
      expect(await bill(billId)).toMatchObject({ revision: 2, notice_revision: 2, status: 'delivered', due_at: due })
      expect(await view(billId, NOW + DAY)).toMatchObject({ stage: 'deliver', step: { key: 'notice:inbox:2' }, at: NOW + DAY })
      await serve(billId, 'notice:inbox:2', NOW + DAY)
      expect(await view(billId, NOW + DAY)).toMatchObject({ step: { kind: 'fallDue' } })
      expect(await store.sql`select key, state from deliveries where bill_id = ${billId} order by key`).toEqual([
        { key: 'notice:inbox', state: 'delivered' },
        { key: 'notice:inbox:2', state: 'delivered' },
      ])
    })

    it('takes a send that is under way for shown, and stops wanting it', async () => {
      const billId = await town.issued()
      await begin(billId, 'notice:inbox')
      await amend(billId, krw(12_000n))
      expect(await view(billId)).toMatchObject({ step: { key: 'notice:inbox:2' } })
      expect(await store.run((tx) => beginDelivery(tx, billId, 'notice:inbox', NOW))).toEqual({ due: false })
    })

    it('and amended again before it went out goes out once', async () => {
      const billId = await town.issued()
      await serve(billId, 'notice:inbox')
      await amend(billId, krw(12_000n))
      await amend(billId, krw(13_000n))
      expect(await bill(billId)).toMatchObject({ revision: 3, notice_revision: 2 })
      await serve(billId, 'notice:inbox:2')
      await amend(billId, krw(14_000n))
      expect(await view(billId)).toMatchObject({ step: { key: 'notice:inbox:4' } })
    })

    it('never gets an earlier due date', async () => {
      const billId = await town.issued()
      await serve(billId, 'notice:inbox')
      await expect(amend(billId, { dueDate: '2026-03-20' })).rejects.toEqual(coded('due_date_earlier'))
      await amend(billId, { dueDate: '2026-04-20' })
      expect(await bill(billId)).toMatchObject({ due_at: endOf('2026-04-20'), due_revision: 2 })
    })
  })

  it('of what nobody was shown goes out with the new figures only', async () => {
    const billId = await town.issued()
    await amend(billId, { ...krw(12_000n), dueDate: '2026-03-20', details: [{ label: 'area', value: '12' }] })
    expect(await bill(billId)).toMatchObject({
      notice_revision: 1,
      revision: 2,
      due_at: endOf('2026-03-20'),
      details: [{ label: 'area', value: '12' }],
    })
    expect(await view(billId)).toMatchObject({ step: { key: 'notice:inbox' } })
    expect(await store.sql`select details_before, details, due_date from amendments where bill_id = ${billId}`).toEqual([
      { details_before: [], details: [{ label: 'area', value: '12' }], due_date: '2026-03-20' },
    ])
  })

  it('corrects a bill before its issue', async () => {
    const billId = await town.bill({ issueAt: NOW + DAY })
    await amend(billId, krw(12_000n))
    expect(await bill(billId)).toMatchObject({ status: 'received', charged_minor: 12_000n })
    expect(await view(billId, NOW + HOUR)).toMatchObject({ step: { kind: 'issue' }, at: NOW + DAY })
  })

  it('takes an overdue bill with a later due date back, and reminds of that', async () => {
    const plain = await store.institution({ chain: [], reminders: [] })
    const billId = await plain.issued()
    const late = endOf('2026-04-01') + 1
    await store.run((tx) => takeStep(tx, billId, 'fallDue', late))
    await amend(billId, { dueDate: '2026-05-01' }, late)
    expect(await bill(billId)).toMatchObject({ status: 'issued', due_at: endOf('2026-05-01') })
  })

  it('of a notice without an amount changes its details, which then have to be proven', async () => {
    const reads = await store.institution({
      proofOfService: 'read',
      reminders: [],
      chain: [{ channel: 'inbox', wait: 'P9D', until: 'read' }],
    })
    const billId = await reads.issued({ amount: null })
    await serve(billId, 'notice:inbox')
    await amend(billId, { details: [{ label: 'room', value: '2' }] }, NOW + HOUR)
    const [first] = await store.sql<{ id: string }[]>`select id from deliveries where bill_id = ${billId}`
    await store.run((tx) => recordReceipt(tx, first?.id ?? '', { level: 'read', at: NOW + DAY, reference: 'r' }, NOW + DAY))
    expect(await view(billId, NOW + DAY)).toMatchObject({ step: { key: 'notice:inbox:2' } })
    await expect(amend(billId, krw(5n))).rejects.toEqual(coded('bill_asks_nothing'))
  })

  describe('while a payment page is open', () => {
    it('has the page ended, and the next one asks for the new amount', async () => {
      const billId = await town.issued()
      const checkoutId = await open(store, [billId])
      await amend(billId, krw(12_000n))
      expect(await bill(billId)).toMatchObject({ checkout_stale: true })
      expect(await view(billId)).toMatchObject({ stage: 'pay', step: { kind: 'endCheckout' }, at: NOW })
      await store.run((tx) => endCheckout(tx, checkoutId, 'cancel', { now: NOW }))
      expect(await bill(billId)).toMatchObject({ checkout_stale: false, checkout_id: null })
      expect(await one(store.sql, 'checkouts', await open(store, [billId]))).toMatchObject({ amount_minor: 12_000n })
    })

    it.each([
      ['a part, where the bill asks for more', 12_000n, { status: 'issued', paid_minor: 10_000n, checkout_stale: false }, []],
      ['too much, where it asks for less', 7_000n, { status: 'paid', paid_minor: 7_000n }, [{ amount_minor: 3_000n }]],
    ])('takes a payment that was faster as %s', async (_, minor, expected, refunds) => {
      const billId = await town.issued()
      const checkoutId = await open(store, [billId])
      await amend(billId, krw(minor))
      await capture(store, checkoutId)
      expect(await bill(billId)).toMatchObject({ ...expected, checkout_id: null })
      expect(await store.sql`select amount_minor from refunds where bill_id = ${billId}`).toEqual(refunds)
    })

    it('leaves the page where the amount stays', async () => {
      const billId = await town.issued()
      await open(store, [billId])
      await amend(billId, { details: [{ label: 'area', value: '12' }] })
      expect(await bill(billId)).toMatchObject({ checkout_stale: false })
    })
  })

  it('ends a bill of which exactly the new amount is paid', async () => {
    const billId = await town.issued()
    await capture(store, await open(store, [billId]), 4_000n)
    await amend(billId, krw(4_000n))
    expect(await bill(billId)).toMatchObject({ status: 'paid', charged_minor: 4_000n })
  })

  it('gives back what is paid beyond the new amount, and has no part in it any more', async () => {
    const billId = await town.issued()
    await capture(store, await open(store, [billId]), 4_000n)
    expect(await amend(billId, krw(3_000n))).toMatchObject([{ kind: 'amended' }])
    expect(await bill(billId)).toMatchObject({ status: 'paid', charged_minor: 3_000n, paid_minor: 3_000n })
    const [refund] = await store.sql<{ id: string }[]>`
      select id, amount_minor, from_allocation, cancel_charge, note from refunds where bill_id = ${billId}`
    expect(refund).toMatchObject({ amount_minor: 1_000n, from_allocation: false, cancel_charge: false, note: 'corrected' })
    expect(await view(billId)).toMatchObject({ step: { kind: 'refund' } })
    await expect(amend(billId, krw(2_000n))).rejects.toEqual(coded('bill_paid'))
    const id = refund?.id ?? ''
    await store.run((tx) => beginRefund(tx, id, NOW))
    await store.run((tx) => recordRefund(tx, id, { status: 'succeeded', reference: 'back', refundedAt: NOW }, NOW))
    expect(await bill(billId)).toMatchObject({ status: 'paid', charged_minor: 3_000n, refunded_minor: 0n, cancelled_minor: 0n })
  })

  it.each<[string, Amendment, string]>([
    ['to zero', krw(0n), 'amount_not_positive'],
    ['below zero', krw(-5n), 'amount_not_positive'],
    ['to another currency', { amount: { minor: 5n, currency: 'GBP' } }, 'currency_differs'],
    ['of nothing', {}, 'amendment_empty'],
    ['to what it is', { ...krw(10_000n), details: [] }, 'amendment_empty'],
    ['to a date that has passed', { dueDate: '2026-03-01' }, 'due_date_past'],
  ])('%s is refused', async (_, changes, code) => {
    const billId = await town.issued()
    await expect(amend(billId, changes)).rejects.toEqual(coded(code))
    expect(await bill(billId)).toMatchObject({ revision: 1, charged_minor: 10_000n })
  })

  it('of a paid or closed bill is refused', async () => {
    const paid = await town.issued()
    await capture(store, await open(store, [paid]))
    await expect(amend(paid, krw(5n))).rejects.toEqual(coded('bill_paid'))
    const closed = await town.issued()
    await store.run((tx) => cancelBill(tx, { billId: closed, reason: 'x', actor: 'test' }, NOW))
    await expect(amend(closed, krw(5n))).rejects.toEqual(coded('bill_closed'))
  })
})

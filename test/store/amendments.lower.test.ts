import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { endOfDay } from '../../domain/calendar.ts'
import type { OnExcess, Policy } from '../../domain/policy.ts'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { closeDelivery } from '../../store/commands/close-delivery.ts'
import type { NewBill } from '../../store/commands/create-bill.ts'
import { declineRefund } from '../../store/commands/decide-refund.ts'
import { extendBill } from '../../store/commands/extend-bill.ts'
import { look } from '../../store/commands/look.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { refundBill, refundableOf } from '../../store/commands/refund-bill.ts'
import { recordClaim } from '../../store/commands/take-back-payment.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { setApproval } from '../../store/institutions/set-approval.ts'
import { refundableParts } from '../../store/refunds/refundable-parts.ts'
import { atOnce, capture, citizen, coded, DAY, describeStore, NOW, one, open, openStore, refusals, type Store, wins } from './support.ts'

const DUE = endOfDay('2026-04-01', 'Asia/Seoul')
const MONTHS = [DUE, '2026-05-01', '2026-06-01', '2026-07-01'].map((day) => (typeof day === 'number' ? day : endOfDay(day, 'Asia/Seoul')))
/** A moment after a payment, before its settlement is missed. */
const SOON = DUE + DAY + 1000
const AFTER = (MONTHS[3] ?? 0) + DAY
const won = (minor: bigint) => ({ minor, currency: 'KRW' as const })
const localTax: Policy['late'] = {
  once: '3',
  again: { percent: '0.66', every: 'P1M', times: 60, principalFrom: { amount: '450000', currency: 'KRW' } },
}

// What is paid of the surcharge too goes with the rest: 1,020,000 of 1,030,000 are, and 618,000 would have been due.
const paid = 1_020_000n
const tooMuch = 402_000n

describeStore('an amendment to a lower amount', () => {
  let store: Store
  beforeAll(async () => {
    store = await openStore()
  })
  afterAll(() => store.close())

  const town = (policy: Partial<Policy> = {}) =>
    store.institution({ due: { from: 'issue', after: 'P30D' }, handBackAfter: 'P2000D', reminders: [], late: localTax, ...policy })
  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const charges = (billId: string) =>
    store.sql`select seq, kind, amount_minor, takes_back from charges where bill_id = ${billId} and kind <> 'issued' order by seq`
  const amend = (billId: string, minor: bigint, now = AFTER, actor = 'key:first') =>
    store.run((tx) => amendBill(tx, { billId, amount: won(minor), reason: 'too much', actor }, now))
  const pay = async (billId: string, minor: bigint, now: number) => capture(store, await open(store, [billId], now), minor, now)
  /** The institution gives an amount back, with the charge or without, and the gateway has done it. */
  async function goesBack(billId: string, minor: bigint, cancelCharge: boolean): Promise<void> {
    const expected = won(refundableOf(await store.run((tx) => refundableParts(tx, billId))))
    const order = { billId, amount: won(minor), expected, note: 'too much', cancelCharge, actor: 'key:first' }
    const { refundIds } = await store.run((tx) => refundBill(tx, order, AFTER))
    for (const id of refundIds) {
      await store.run((tx) => beginRefund(tx, id, AFTER))
      await store.run((tx) => recordRefund(tx, id, { status: 'succeeded', reference: `back-${id}`, refundedAt: AFTER }, AFTER))
    }
  }
  const refunds = (billId: string) =>
    store.sql<
      { id: string }[]
    >`select id, amount_minor, from_allocation, cancel_charge, state, reason from refunds where bill_id = ${billId} order by id`
  const balance = async (billId: string): Promise<Record<string, bigint>> => {
    const rows = await store.sql<{ account: string; sum: bigint }[]>`
      select account, sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint as sum from ledger_entries where bill_id = ${billId} group by 1`
    return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]))
  }
  let people = 0
  /** A bill over 1,000,000 won that was surcharged so many times. */
  async function late(of: Awaited<ReturnType<typeof town>>, times: number, served?: { who: NewBill['citizen'] }): Promise<string> {
    const billId = await of.issued({ amount: won(1_000_000n), citizen: served?.who ?? citizen(`late-${++people}`) })
    const begun = await store.run((tx) => beginDelivery(tx, billId, 'notice:inbox', NOW))
    if (begun.due && served)
      await store.run((tx) => recordReceipt(tx, begun.deliveryId, { level: 'delivered', at: NOW, reference: begun.deliveryId }, NOW))
    else await store.run((tx) => closeDelivery(tx, billId, 'notice:inbox', 'fail', NOW))
    await store.run((tx) => takeStep(tx, billId, 'fallDue', DUE + 1))
    for (const month of MONTHS.slice(0, times)) await store.run((tx) => takeStep(tx, billId, 'surcharge', month + 1))
    expect(await bill(billId)).toMatchObject({ surcharges: times, status: 'overdue' })
    return billId
  }

  describe('takes surcharges on what was too much back', () => {
    it('as far as they would have been less, in the same change', async () => {
      const billId = await late(await town(), 3)
      await amend(billId, 600_000n)
      expect(await bill(billId)).toMatchObject({ charged_minor: 625_920n, surcharged_minor: 25_920n, surcharges: 3, status: 'overdue' })
      expect(await charges(billId)).toEqual([
        { seq: 2, kind: 'surcharge', amount_minor: 30_000n, takes_back: null },
        { seq: 3, kind: 'surcharge', amount_minor: 6_600n, takes_back: null },
        { seq: 4, kind: 'surcharge', amount_minor: 6_600n, takes_back: null },
        { seq: 5, kind: 'surchargeTakenBack', amount_minor: 12_000n, takes_back: 2 },
        { seq: 6, kind: 'surchargeTakenBack', amount_minor: 2_640n, takes_back: 3 },
        { seq: 7, kind: 'surchargeTakenBack', amount_minor: 2_640n, takes_back: 4 },
        { seq: 8, kind: 'decrease', amount_minor: 400_000n, takes_back: null },
      ])
      // The next one counts from the new amount.
      await store.run((tx) => takeStep(tx, billId, 'surcharge', (MONTHS[3] ?? 0) + 1))
      expect(await bill(billId)).toMatchObject({ surcharged_minor: 29_880n, surcharges: 4 })
    })

    it('once, however often the same is asked for', async () => {
      const billId = await late(await town(), 2)
      const results = await atOnce(6, () => amend(billId, 600_000n))
      expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'amendment_empty'])
      expect(await bill(billId)).toMatchObject({ charged_minor: 621_960n, surcharged_minor: 21_960n })
    })

    it('in several steps as in one, also where a step is too small to take a unit back', async () => {
      const billId = await late(await town(), 1)
      for (let minor = 999_990n; minor >= 999_900n; minor -= 10n) await amend(billId, minor)
      expect(await bill(billId)).toMatchObject({ surcharged_minor: 29_997n })
      await amend(billId, 449_999n)
      expect(await bill(billId)).toMatchObject({ surcharged_minor: 13_499n })
    })

    it('and the monthly ones wholly where there would have been none', async () => {
      const billId = await late(await town(), 3)
      await amend(billId, 449_999n)
      expect(await bill(billId)).toMatchObject({ charged_minor: 463_498n, surcharged_minor: 13_499n })
      expect(await store.run((tx) => look(tx, billId, AFTER + 90 * DAY))).not.toMatchObject({ step: { kind: 'surcharge' } })
    })

    it('down to the cap of the new amount', async () => {
      const billId = await late(await town({ late: { once: '3', again: { percent: '10', every: 'P1M', times: 60 }, cap: '20' } }), 3)
      expect(await bill(billId)).toMatchObject({ surcharged_minor: 200_000n })
      await amend(billId, 500_000n)
      expect(await bill(billId)).toMatchObject({ charged_minor: 600_000n, surcharged_minor: 100_000n })
      expect(await store.run((tx) => look(tx, billId, AFTER + 90 * DAY))).not.toMatchObject({ step: { kind: 'surcharge' } })
    })

    it('of what was unpaid then: a part that was paid between makes the later ones smaller', async () => {
      const billId = await late(await town({ late: { once: '3', again: { percent: '1', every: 'P1M', times: 60 } } }), 1)
      await pay(billId, 300_000n, DUE + DAY)
      await store.run((tx) => takeStep(tx, billId, 'surcharge', (MONTHS[1] ?? 0) + 1))
      expect(await bill(billId)).toMatchObject({ surcharged_minor: 37_000n })
      await amend(billId, 600_000n)
      // 3 % of 600,000, and 1 % of the 300,000 that were not paid of it. Nothing is too much.
      expect(await bill(billId)).toMatchObject({
        charged_minor: 621_000n,
        surcharged_minor: 21_000n,
        paid_minor: 300_000n,
        status: 'overdue',
      })
      expect(await refunds(billId)).toEqual([])
    })

    it('but not where it raises the amount, nor below an amount that was right before it was raised', async () => {
      const billId = await late(await town(), 1)
      await amend(billId, 1_500_000n)
      expect(await bill(billId)).toMatchObject({ charged_minor: 1_530_000n, surcharged_minor: 30_000n })
      await amend(billId, 1_200_000n)
      expect(await bill(billId)).toMatchObject({ charged_minor: 1_230_000n, surcharged_minor: 30_000n })
      await amend(billId, 900_000n)
      expect(await bill(billId)).toMatchObject({ charged_minor: 927_000n, surcharged_minor: 27_000n })
    })

    it('and only those since the due date was moved', async () => {
      const billId = await late(await town(), 3)
      await store.run((tx) => extendBill(tx, { billId, dueDate: '2026-08-31', reason: 'x', actor: 'test' }, AFTER))
      const late2 = endOfDay('2026-08-31', 'Asia/Seoul') + 1
      await store.run((tx) => takeStep(tx, billId, 'fallDue', late2))
      await store.run((tx) => takeStep(tx, billId, 'surcharge', late2))
      expect(await bill(billId)).toMatchObject({ surcharged_minor: 30_000n, surcharges: 1 })
      await amend(billId, 100_000n, late2 + DAY)
      // The first since then is the one that comes once: it stays also where the monthly ones would not have come.
      expect(await bill(billId)).toMatchObject({ charged_minor: 103_000n, surcharged_minor: 3_000n })
    })
  })

  describe.each<[OnExcess, string]>([
    ['refund', 'refundPayable'],
    ['hold', 'suspense'],
    ['offset', 'citizenCredit'],
  ])('lets what is too much go by the policy (%s)', (onExcess, account) => {
    const who = citizen(`lower-${onExcess}`)
    let institution: Awaited<ReturnType<typeof town>>
    let billId: string
    let wakes: Awaited<ReturnType<typeof amend>>
    beforeAll(async () => {
      institution = await town({ onExcess })
      billId = await late(institution, 1, { who })
      await pay(billId, paid, DUE + DAY)
      expect(await bill(billId)).toMatchObject({ status: 'overdue', charged_minor: 1_030_000n })
      if (onExcess === 'offset') await institution.issued({ amount: won(500_000n), citizen: who })
      wakes = await amend(billId, 600_000n, SOON)
    })

    it('out of the bill at once, in the books too', async () => {
      expect(await bill(billId)).toMatchObject({
        status: 'paid',
        charged_minor: 618_000n,
        surcharged_minor: 18_000n,
        paid_minor: 618_000n,
        refunded_minor: 0n,
        cancelled_minor: 0n,
      })
      expect(await balance(billId)).toEqual({ payable: -618_000n, [account]: -tooMuch })
      await expect(amend(billId, 600_000n, SOON)).rejects.toEqual(coded('bill_paid'))
    })

    const kept = () => store.sql<{ id: string }[]>`select id, kind, amount_minor, used_minor from excesses where bill_id = ${billId}`

    if (onExcess === 'refund')
      it('back, and where there is no route the citizen is asked for an account', async () => {
        const [refund] = await refunds(billId)
        expect(refund).toMatchObject({ amount_minor: tooMuch, from_allocation: false, cancel_charge: false, state: 'requested' })
        expect(await store.run((tx) => look(tx, billId, SOON))).toMatchObject({ stage: 'refund', step: { kind: 'refund' } })
        const id = refund?.id ?? ''
        await store.run((tx) => beginRefund(tx, id, SOON))
        await store.run((tx) => recordRefund(tx, id, { status: 'failed', code: 'card_closed' }, SOON))
        expect(await one(store.sql, 'refunds', id)).toMatchObject({ state: 'awaitingAccount' })
        expect(
          await store.sql`select owner from exceptions where kind = 'refundWithoutRoute' and subject_id = ${id} and closed_at is null`,
        ).toHaveLength(1)
        expect(await store.run((tx) => look(tx, billId, SOON))).toMatchObject({ step: { key: `refundAccount:${id}:1` } })
        expect(await kept()).toEqual([])
      })

    if (onExcess === 'hold')
      it('on hold, with an exception, and without a refund', async () => {
        const [excess] = await kept()
        expect(excess).toMatchObject({ kind: 'held', amount_minor: tooMuch, used_minor: 0n })
        expect(
          await store.sql`select owner from exceptions where kind = 'excessHeld' and subject_id = ${excess?.id ?? ''} and closed_at is null`,
        ).toHaveLength(1)
        expect(await refunds(billId)).toEqual([])
      })

    if (onExcess === 'offset')
      it('to the open bill of the citizen, which is woken', async () => {
        const [, next] = wakes
        expect(next).toMatchObject({ kind: 'swept' })
        await store.run((tx) => takeStep(tx, next?.billId ?? '', 'useCredit', SOON))
        expect(await bill(next?.billId ?? '')).toMatchObject({ paid_minor: tooMuch })
        expect(await kept()).toMatchObject([{ kind: 'credit', amount_minor: tooMuch, used_minor: tooMuch }])
        expect(await refunds(billId)).toEqual([])
      })
  })

  it('takes it out of the newest payment first, also all of it, and of what the bank has already', async () => {
    const billId = await late(await town({ onExcess: 'hold' }), 1)
    const transfer = { gateway: 'bank', method: 'bankTransfer', paidAtSource: 'bank', billId } as const
    const give = (reference: string, minor: bigint, paidAt: number) =>
      store.run((tx) => recordTransfer(tx, { ...transfer, reference: `${reference}-${billId}`, amount: won(minor), paidAt }, paidAt))
    const first = await give('first', 500_000n, DUE + DAY)
    const second = await give('second', 200_000n, DUE + 2 * DAY)
    await amend(billId, 400_000n)
    expect(await store.sql`select payment_id, amount_minor from allocations where bill_id = ${billId} order by at`).toEqual([
      { payment_id: first.paymentId, amount_minor: 412_000n },
      { payment_id: second.paymentId, amount_minor: 0n },
    ])
    expect(await store.sql`select payment_id, amount_minor from excesses where bill_id = ${billId} order by amount_minor`).toEqual([
      { payment_id: first.paymentId, amount_minor: 88_000n },
      { payment_id: second.paymentId, amount_minor: 200_000n },
    ])
    expect(await bill(billId)).toMatchObject({ status: 'settled', charged_minor: 412_000n, paid_minor: 412_000n, settled_minor: 412_000n })
    // The bank takes the second one back: what was kept of it is gone, and the bill owes nothing for it.
    await store.run((tx) => recordClaim(tx, second.paymentId, { state: 'returned', reference: `back-${billId}`, at: AFTER }, AFTER))
    expect(await bill(billId)).toMatchObject({ status: 'settled', paid_minor: 412_000n, refunded_minor: 0n })
  })

  it('is refused where more is paid than can leave now', async () => {
    const billId = await late(await town({ onExcess: 'hold' }), 1)
    await pay(billId, paid, DUE + DAY)
    const [payment] = await store.sql<{ id: string }[]>`select payment_id as id from allocations where bill_id = ${billId}`
    await store.run((tx) => recordClaim(tx, payment?.id ?? '', { state: 'disputed', reference: `d-${billId}`, at: AFTER }, AFTER))
    await expect(amend(billId, 600_000n)).rejects.toEqual(coded('amount_below_paid'))
    expect(await bill(billId)).toMatchObject({ charged_minor: 1_030_000n, paid_minor: paid, revision: 1 })
  })

  it('is refused where refunds took more of the charge back than it leaves, and says so', async () => {
    const billId = await late(await town({ onExcess: 'hold' }), 1)
    await pay(billId, 1_030_000n, DUE + DAY)
    await goesBack(billId, 600_000n, true)
    await goesBack(billId, 200_000n, false)
    expect(await bill(billId)).toMatchObject({ status: 'issued', refunded_minor: 800_000n, cancelled_minor: 600_000n })
    await expect(amend(billId, 500_000n)).rejects.toMatchObject({
      code: 'amount_below_cancelled',
      message: expect.stringContaining('600000'),
    })
    expect(await bill(billId)).toMatchObject({ charged_minor: 1_030_000n, paid_minor: 1_030_000n, revision: 1 })
    await amend(billId, 600_000n)
    expect(await bill(billId)).toMatchObject({ charged_minor: 618_000n, cancelled_minor: 600_000n })
  })

  it('waits for a second person where it goes back, and is held where that one declines', async () => {
    const institution = await town()
    await store.run((tx) => setApproval(tx, { institutionId: institution.id, above: won(1_000n), actor: 'test' }, NOW))
    const billId = await late(institution, 1)
    await pay(billId, paid, DUE + DAY)
    await amend(billId, 600_000n)
    const [refund] = await refunds(billId)
    expect(refund).toMatchObject({ state: 'awaitingApproval', amount_minor: tooMuch })
    await store.run((tx) => declineRefund(tx, { refundId: refund?.id ?? '', actor: 'key:second', reason: 'no' }, AFTER))
    expect(await bill(billId)).toMatchObject({ status: 'paid', charged_minor: 618_000n, paid_minor: 618_000n })
    expect(await balance(billId)).toEqual({ payable: -618_000n, refundPayable: 0n, suspense: -tooMuch })
    expect(await store.sql`select kind, amount_minor from excesses where bill_id = ${billId}`).toEqual([
      { kind: 'held', amount_minor: tooMuch },
    ])
  })
})

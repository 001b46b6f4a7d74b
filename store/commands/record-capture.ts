import { owedMinor } from '../../domain/bill.ts'
import { paymentPosting, type AllocatedPart } from '../../domain/ledger.ts'
import { formatAmount } from '../../domain/money.ts'
import type { PaymentReport } from '../../domain/ports/gateway.ts'
import { isPayable } from '../../domain/states/bill.ts'
import { checkoutMachine } from '../../domain/states/checkout.ts'
import { transition } from '../../domain/states/table.ts'
import { type CheckoutBill, checkoutBills } from '../checkouts/checkout-bills.ts'
import { type CheckoutRow, lockCheckout } from '../checkouts/checkout-row.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

type Capture = Extract<PaymentReport, { status: 'captured' }>
/** What became of one bill's part: allocated, and beyond that refunded or held by the policy's `onExcess`. */
interface Part {
  readonly held: HeldBill
  readonly allocated: bigint
  readonly excess: bigint
}

/**
 * Records a payment once and gives every bill its part, in one transaction: each bill settles or is compensated alone.
 * What a bill cannot take any more (cancelled or paid meanwhile) goes back by a refund of its own. Recording the same
 * capture again, by whoever asks, changes nothing.
 */
export async function recordCapture(tx: Tx, checkoutId: string, capture: Capture, now: number): Promise<Wake[]> {
  const planned = await checkoutBills(tx, checkoutId)
  const { wakes } = await withBills(
    tx,
    planned.map(({ bill_id }) => bill_id),
    now,
    async (held) => {
      const checkout = await lockCheckout(tx, checkoutId)
      if (checkout.state === 'paid') return
      const reference = checkout.session_reference
      if (reference === null) throw new Error(`checkout ${checkoutId} was captured without a session`)
      const paymentId = newId('pay', now)
      send(
        tx,
        tx`
      insert into payments (id, checkout_id, gateway, reference, method, currency, amount_minor, state, paid_at, paid_at_source, recorded_at)
      values (${paymentId}, ${checkoutId}, ${checkout.gateway}, ${reference}, ${capture.method}, ${capture.amount.currency},
        ${capture.amount.minor}, 'captured', ${capture.paidAt}, 'gateway', ${now})`,
      )
      send(
        tx,
        tx`update checkouts set state = ${transition(checkoutMachine, checkout.state, 'capture')}, ended_at = ${now} where id = ${checkoutId}`,
      )
      // Money in another currency pays none of these bills; it is held until somebody has looked.
      const usable = capture.amount.currency === checkout.currency ? capture.amount.minor : 0n
      const { parts, unplanned } = share(held, planned, usable)
      for (const part of parts) applyPart(tx, part, { checkout, paymentId, capture, now })
      if (usable !== checkout.amount_minor) openAmountException(tx, held[0] as HeldBill, { paymentId, capture, now })
      insertPosting(tx, posting(checkout, capture, parts, unplanned + capture.amount.minor - usable), { paymentId }, now)
    },
  )
  return wakes
}

/** Shares what was really paid over the bills in their order: never more than planned, never more than still owed. */
function share(held: readonly HeldBill[], planned: readonly CheckoutBill[], paid: bigint): { parts: Part[]; unplanned: bigint } {
  let left = paid
  const parts = held.map((one): Part => {
    const amount = planned.find(({ bill_id }) => bill_id === one.bill.id)?.amount_minor ?? 0n
    const part = amount < left ? amount : left
    left -= part
    const owed = isPayable(one.bill.status) ? owedMinor(one.bill) : 0n
    const allocated = part < owed ? part : owed
    return { held: one, allocated, excess: part - allocated }
  })
  return { parts, unplanned: left }
}

function applyPart(tx: Tx, part: Part, context: { checkout: CheckoutRow; paymentId: string; capture: Capture; now: number }): void {
  const { held, allocated, excess } = part
  const { checkout, paymentId, capture, now } = context
  const { bill, row, policy } = held
  const outcome = excess > 0n ? (policy.onExcess === 'hold' ? 'held' : 'refunded') : allocated > 0n ? 'allocated' : 'released'
  send(tx, tx`update checkout_bills set outcome = ${outcome} where checkout_id = ${checkout.id} and bill_id = ${bill.id}`)
  if (held.checkoutId === checkout.id) held.claim(null)
  if (allocated > 0n) {
    send(
      tx,
      tx`insert into allocations (payment_id, bill_id, institution_id, amount_minor, at) values (${paymentId}, ${bill.id}, ${row.institution_id}, ${allocated}, ${now})`,
    )
    held.change({
      paidMinor: bill.paidMinor + allocated,
      paidAt: Math.max(bill.paidAt ?? 0, capture.paidAt),
      settlementAsks: 0,
      exceptionOpen: false,
    })
    if (owedMinor(held.bill) === 0n) held.move('payInFull')
    const amount = formatAmount({ minor: allocated, currency: bill.currency })
    held.log('paid', 'citizen', { paymentId, amount, currency: bill.currency, method: capture.method })
    held.fact = { kind: 'paymentReceived', subjectId: paymentId, occurredAt: capture.paidAt, line: `${amount} ${bill.currency} was paid` }
  }
  if (outcome === 'released') {
    held.log('checkoutEnded', 'engine', { checkoutId: checkout.id, state: 'paid' })
    held.fact = {
      kind: 'checkoutEnded',
      subjectId: checkout.id,
      occurredAt: now,
      line: 'a payment of several bills was too small to reach this one',
    }
  }
  if (outcome === 'held') {
    held.log('excessHeld', 'engine', {
      paymentId,
      amount: formatAmount({ minor: excess, currency: bill.currency }),
      currency: bill.currency,
    })
  }
  if (outcome === 'refunded') {
    const refundId = newId('ref', now)
    const reason = held.bill.status === 'paid' || held.bill.status === 'settled' ? 'paidTwice' : 'billClosed'
    send(
      tx,
      tx`
      insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
      values (${refundId}, ${paymentId}, ${bill.id}, ${row.institution_id}, ${bill.currency}, ${excess}, false, 'requested', ${reason}, ${now})`,
    )
    held.change({ refunds: [...held.bill.refunds, { id: refundId, state: 'requested' }] })
    const amount = formatAmount({ minor: excess, currency: bill.currency })
    held.log('refundRequested', 'engine', { refundId, amount, currency: bill.currency, reason })
    held.fact = {
      kind: 'refundRequested',
      subjectId: refundId,
      occurredAt: capture.paidAt,
      line: `${amount} ${bill.currency} was paid that the bill no longer takes; it goes back`,
    }
  }
}

/** The gateway took another amount than was asked for. The money is booked as it came, and a person looks. */
function openAmountException(
  tx: Tx,
  held: HeldBill,
  { paymentId, capture, now }: { paymentId: string; capture: Capture; now: number },
): void {
  send(
    tx,
    tx`
    insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
    values (${newId('exc', now)}, ${held.bill.id}, ${held.row.institution_id}, 'amountDiffers', ${paymentId}, 'operations', ${now})`,
  )
  held.log('amountDiffers', 'engine', { paymentId, amount: formatAmount(capture.amount), currency: capture.amount.currency })
}

function posting(checkout: CheckoutRow, capture: Capture, parts: readonly Part[], unplanned: bigint): ReturnType<typeof paymentPosting> {
  const allocated: AllocatedPart[] = parts.map(({ held, allocated: minor }) => ({
    institutionId: held.row.institution_id,
    billId: held.bill.id,
    minor,
  }))
  const excess = parts.map(({ held, excess: minor }) => ({ minor, billId: held.bill.id, hold: held.policy.onExcess === 'hold' }))
  return paymentPosting(checkout.gateway, capture.amount.currency, capture.amount.minor, allocated, [
    ...excess,
    { minor: unplanned, billId: null, hold: true },
  ])
}

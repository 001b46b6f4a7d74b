import { isInBank, owedMinor } from '../../domain/bill.ts'
import { formatAmount } from '../../domain/money.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { applyPaymentTime } from './fees.ts'

/** The payment that a part belongs to. Times are milliseconds. */
export interface IncomingPayment {
  readonly id: string
  readonly method: string
  /** The payment's own time, by the gateway or bank: deadlines of money count from it. */
  readonly paidAt: number
  /** When the money reached the bank; null while a settlement file has to tell. */
  readonly settledAt: number | null
}

/** What became of one bill's part of a payment: together `allocated` and `excess` are the whole part. */
export interface AppliedPart {
  readonly billId: string
  readonly institutionId: string
  readonly allocated: bigint
  readonly excess: bigint
  /** Where the excess goes by the policy's `onExcess`; null where there is none. */
  readonly excessIs: 'refunded' | 'held' | null
}

/**
 * Applies one payment's part to one held bill: never more than is still owed, and what is too much goes by the policy.
 * The rows of the bill are written here; the payment's own row and its posting are the caller's, once for all parts.
 */
export async function applyPart(tx: Tx, held: HeldBill, part: bigint, payment: IncomingPayment, now: number): Promise<AppliedPart> {
  if (isPayable(held.bill.status)) await applyPaymentTime(tx, held, { at: payment.paidAt, minor: part }, now)
  const owed = isPayable(held.bill.status) ? owedMinor(held.bill) : 0n
  const allocated = part < owed ? part : owed
  const excess = part - allocated
  if (allocated > 0n) allocate(tx, held, allocated, payment, now)
  const excessIs = excess === 0n ? null : held.policy.onExcess === 'hold' ? 'held' : 'refunded'
  if (excessIs === 'held') hold(held, excess, payment)
  if (excessIs === 'refunded') giveBack(tx, held, excess, payment, now)
  return { billId: held.bill.id, institutionId: held.row.institution_id, allocated, excess, excessIs }
}

function allocate(tx: Tx, held: HeldBill, allocated: bigint, payment: IncomingPayment, now: number): void {
  const { bill, row } = held
  send(
    tx,
    tx`insert into allocations (payment_id, bill_id, institution_id, amount_minor, at) values (${payment.id}, ${bill.id}, ${row.institution_id}, ${allocated}, ${now})`,
  )
  held.change({
    paidMinor: bill.paidMinor + allocated,
    settledMinor: bill.settledMinor + (payment.settledAt === null ? 0n : allocated),
    paidAt: Math.max(bill.paidAt ?? 0, payment.paidAt),
    settlementAsks: 0,
    exceptionOpen: false,
  })
  if (owedMinor(held.bill) === 0n) held.move(isInBank(held.bill) ? 'payInBank' : 'payInFull')
  const amount = formatAmount({ minor: allocated, currency: bill.currency })
  held.log('paid', 'citizen', { paymentId: payment.id, amount, currency: bill.currency, method: payment.method })
  held.fact = { kind: 'paymentReceived', subjectId: payment.id, occurredAt: payment.paidAt, line: `${amount} ${bill.currency} was paid` }
}

function hold(held: HeldBill, excess: bigint, payment: IncomingPayment): void {
  const { currency } = held.bill
  held.log('excessHeld', 'engine', { paymentId: payment.id, amount: formatAmount({ minor: excess, currency }), currency })
}

function giveBack(tx: Tx, held: HeldBill, excess: bigint, payment: IncomingPayment, now: number): void {
  const { bill, row } = held
  const refundId = newId('ref', now)
  const reason = bill.status === 'paid' || bill.status === 'settled' ? 'paidTwice' : 'billClosed'
  send(
    tx,
    tx`
    insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
    values (${refundId}, ${payment.id}, ${bill.id}, ${row.institution_id}, ${bill.currency}, ${excess}, false, 'requested', ${reason}, ${now})`,
  )
  held.change({ refunds: [...bill.refunds, { id: refundId, state: 'requested' }] })
  const amount = formatAmount({ minor: excess, currency: bill.currency })
  held.log('refundRequested', 'engine', { refundId, amount, currency: bill.currency, reason })
  held.fact = {
    kind: 'refundRequested',
    subjectId: refundId,
    occurredAt: payment.paidAt,
    line: `${amount} ${bill.currency} was paid that the bill no longer takes; it goes back`,
  }
}

import { owedMinor } from '../../domain/bill.ts'
import type { Excess } from '../../domain/ledger.ts'
import { formatAmount } from '../../domain/money.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { disposeExcess, excessOf } from './dispose-excess.ts'
import { applyPaymentTime } from './fees.ts'
import { payInFull } from './pay-in-full.ts'

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
  /** What becomes of the excess by the policy's `onExcess`; null where there is none. */
  readonly excessIs: Excess | null
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
  if (excess > 0n) disposeOf(tx, held, excess, payment, now)
  const excessIs = excess === 0n ? null : excessOf(held.policy)
  return { billId: held.bill.id, institutionId: held.row.institution_id, allocated, excess, excessIs }
}

/** Gives a held, payable bill money of a payment, never more than it owes. A payment's later parts add to its first. */
export function allocate(tx: Tx, held: HeldBill, minor: bigint, payment: IncomingPayment, now: number): void {
  const { bill, row } = held
  send(
    tx,
    tx`
    insert into allocations (payment_id, bill_id, institution_id, amount_minor, at) values (${payment.id}, ${bill.id}, ${row.institution_id}, ${minor}, ${now})
    on conflict (payment_id, bill_id) do update set amount_minor = allocations.amount_minor + excluded.amount_minor`,
  )
  held.change({
    paidMinor: bill.paidMinor + minor,
    settledMinor: bill.settledMinor + (payment.settledAt === null ? 0n : minor),
    paidAt: Math.max(bill.paidAt ?? 0, payment.paidAt),
    settlementAsks: 0,
    exceptionOpen: false,
  })
  payInFull(held)
  const amount = formatAmount({ minor, currency: bill.currency })
  held.log('paid', 'citizen', {
    paymentId: payment.id,
    amount,
    currency: bill.currency,
    method: payment.method,
    ...(payment.settledAt === null ? {} : { inBank: 1 }),
  })
  held.fact = { kind: 'paymentReceived', subjectId: payment.id, occurredAt: payment.paidAt, line: `${amount} ${bill.currency} was paid` }
}

function disposeOf(tx: Tx, held: HeldBill, minor: bigint, payment: IncomingPayment, now: number): void {
  const { status, currency } = held.bill
  const line = `${formatAmount({ minor, currency })} ${currency} was paid that the bill no longer takes; it goes back`
  const reason = status === 'paid' || status === 'settled' ? 'paidTwice' : 'billClosed'
  disposeExcess(tx, held, { paymentId: payment.id, minor, occurredAt: payment.paidAt }, { reason, actor: 'engine', line }, now)
}

import { type MoneyAccount, refundPosting } from '../../domain/ledger.ts'
import { formatAmount } from '../../domain/money.ts'
import { insertCharge } from '../charges/insert-charge.ts'
import type { Tx } from '../connection.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { type RefundRow, moveRefund } from './held-refund.ts'
import { closeException } from './open-exception.ts'

export interface FinishedRefund {
  readonly event: 'succeed' | 'payOut' | 'takeBack'
  /** The gateway's or bank's reference. */
  readonly reference: string
  /** Milliseconds, by whoever moved the money. */
  readonly refundedAt: number
  /** From our own bank account: no settlement file is to show it. */
  readonly fromBank: boolean
  readonly actor: string
}

/**
 * The money has gone back: booked once, and the bill says what that means for its debt. What was allocated to it is owed
 * again and opens a paid bill, unless the refund also takes the charge back; a bill that was cancelled or written off is
 * never asked for again.
 */
export function finishRefund(tx: Tx, held: HeldBill, refund: RefundRow, end: FinishedRefund, now: number): void {
  const { amount_minor: minor, currency } = refund
  const state = moveRefund(tx, held, refund, end.event)
  if (refund.state === 'awaitingApproval') closeException(tx, 'refundApproval', refund.id, now)
  send(
    tx,
    tx`
    update refunds set state = ${state}, reference = ${end.reference}, refunded_at = ${end.refundedAt}, submitted_at = coalesce(submitted_at, ${now}),
      from_bank = ${end.fromBank}, taken_back = ${end.event === 'takeBack'}, settled_at = ${end.fromBank ? end.refundedAt : null} where id = ${refund.id}`,
  )
  // Where the money went is nobody's business any more.
  send(tx, tx`delete from refund_accounts where refund_id = ${refund.id}`)
  const outOf: MoneyAccount = end.fromBank ? { account: 'bank', holder: '' } : { account: 'gatewayClearing', holder: refund.gateway }
  const from = { billId: refund.bill_id, institutionId: refund.from_allocation ? held.row.institution_id : null }
  insertPosting(tx, refundPosting(outOf, currency, minor, from), { refundId: refund.id }, now)
  held.log('refunded', end.actor, { refundId: refund.id, amount: formatAmount({ minor, currency }), currency })
  if (refund.from_allocation) takeFromBill(tx, held, refund, end.fromBank, now)
}

function takeFromBill(tx: Tx, held: HeldBill, refund: RefundRow, settled: boolean, now: number): void {
  const { bill } = held
  const minor = refund.amount_minor
  held.change({
    refundedMinor: bill.refundedMinor + minor,
    ...(settled ? { settledMinor: bill.settledMinor - minor, refundSettledMinor: bill.refundSettledMinor + minor } : {}),
  })
  if (refund.cancel_charge || bill.status === 'cancelled' || bill.status === 'writtenOff') return dropCharge(tx, held, refund, now)
  if (bill.status !== 'paid' && bill.status !== 'settled') return
  held.move('reopen')
  held.log('reopened', 'engine', { refundId: refund.id, reason: refund.reason })
  if (!bill.exceptionOpen) return
  held.change({ exceptionOpen: false })
  closeException(tx, 'settlementLate', bill.id, now)
}

function dropCharge(tx: Tx, held: HeldBill, refund: RefundRow, now: number): void {
  const { bill } = held
  insertCharge(tx, held, { kind: 'cancellation', minor: refund.amount_minor, reason: `refund ${refund.id}` }, now)
  held.change({ cancelledMinor: bill.cancelledMinor + refund.amount_minor })
  const amount = formatAmount({ minor: refund.amount_minor, currency: bill.currency })
  held.log('chargeTakenBack', 'engine', { refundId: refund.id, amount, currency: bill.currency })
}

import { formatAmount } from '../../domain/money.ts'
import type { Currency } from '../../domain/currencies.ts'
import type { Tx } from '../connection.ts'
import { stableId, timeOfId } from '../ids.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { moveRefund } from './held-refund.ts'
import { openException } from './open-exception.ts'

/** Why money goes back: a word of ours, for pages and the gateway. */
export type RefundReason = 'paidTwice' | 'billClosed' | 'institution' | 'excessReleased' | 'reversed' | 'returned'

export interface NewRefund {
  readonly paymentId: string
  readonly currency: Currency
  readonly minor: bigint
  /** True where the money was allocated to the bill first. */
  readonly fromAllocation: boolean
  readonly reason: RefundReason
  readonly actor: string
  /** When what caused it happened, in milliseconds. */
  readonly occurredAt: number
  /** The line of the fact, for the Temporal UI. */
  readonly line: string
  readonly note?: string
  readonly cancelCharge?: boolean
  /** Only goes back once a second person has agreed (`approval.ts`). */
  readonly awaitsApproval?: boolean
}

/** Writes a refund of a held bill that its run is to send. The database refuses more than the payment. */
export function requestRefund(tx: Tx, held: HeldBill, refund: NewRefund, now: number): string {
  const { bill, row } = held
  const { paymentId, currency, minor, fromAllocation, reason, actor } = refund
  const id = refundId(held, paymentId, minor)
  send(
    tx,
    tx`
    insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at, requested_by,
      note, cancel_charge)
    values (${id}, ${paymentId}, ${bill.id}, ${row.institution_id}, ${currency}, ${minor}, ${fromAllocation}, 'requested', ${reason}, ${now}, ${actor},
      ${refund.note ?? null}, ${refund.cancelCharge ?? false})`,
  )
  held.change({ refunds: [...bill.refunds, { id, state: 'requested', attempt: 1 }] })
  held.log('refundRequested', actor, { refundId: id, amount: formatAmount({ minor, currency }), currency, reason })
  held.fact = { kind: 'refundRequested', subjectId: id, occurredAt: refund.occurredAt, line: refund.line }
  if (refund.awaitsApproval === true) awaitApproval(tx, held, id, now)
  return id
}

function awaitApproval(tx: Tx, held: HeldBill, id: string, now: number): void {
  moveRefund(tx, held, { id, state: 'requested', attempt: 1 }, 'awaitApproval')
  openException(tx, held, 'refundApproval', id, now)
  held.log('refundAwaitsApproval', 'engine', { refundId: id })
}

/**
 * The gateway knows a refund by its id, so it is made of what is given back: of which payment, for which bill, how much,
 * and the how-manieth of these it is. Books that have forgotten a refund and are asked for it again ask the gateway for
 * the same one.
 */
function refundId({ bill }: HeldBill, paymentId: string, minor: bigint): string {
  for (let number = 1; ; number++) {
    const id = stableId('ref', timeOfId(bill.id), paymentId, bill.id, minor.toString(), number.toString())
    if (!bill.refunds.some((one) => one.id === id)) return id
  }
}

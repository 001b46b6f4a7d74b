import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import { refundMachine, type RefundEvent, type RefundState } from '../../domain/states/refund.ts'
import { transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

/** A refund under its bill's lock and its own. */
export interface RefundRow {
  id: string
  bill_id: string
  payment_id: string
  amount_minor: bigint
  currency: Currency
  from_allocation: boolean
  cancel_charge: boolean
  state: RefundState
  reason: string
  attempt: number
  requested_by: string
  gateway: string
  payment_reference: string
  /** The books were put back from an earlier copy after the payment was made: the gateway may know of more than they do. */
  may_be_known: boolean
}

/** One command over one refund: its bill is locked first, as everywhere. @throws GojiError `refund_not_found`. */
export async function withRefund<T>(
  tx: Tx,
  refundId: string,
  now: number,
  work: (held: HeldBill, refund: RefundRow) => Promise<T>,
): Promise<{ result: T; wakes: Wake[] }> {
  const [found] = await tx<{ bill_id: string }[]>`select bill_id from refunds where id = ${refundId}`
  if (!found) throw notFound('refund')
  return withBill(tx, found.bill_id, now, async (held) => {
    return work(held, await lockRefund(tx, refundId))
  })
}

/** Under the bill's lock, which the caller holds. @throws GojiError `refund_not_found`. */
export async function lockRefund(tx: Tx, refundId: string): Promise<RefundRow> {
  const [refund] = await tx<RefundRow[]>`
    select r.id, r.bill_id, r.payment_id, r.amount_minor, r.currency, r.from_allocation, r.cancel_charge, r.state, r.reason, r.attempt, r.requested_by,
      p.gateway, p.reference as payment_reference,
      coalesce(p.paid_at <= (select max(at) from restores), false) as may_be_known
    from refunds r join payments p on p.id = r.payment_id where r.id = ${refundId} for update of r`
  if (!refund) throw notFound('refund')
  return refund
}

/** Moves a held refund, in its row and in the bill that the plan sees. @throws GojiError `refund_transition_illegal`. */
export function moveRefund(tx: Tx, held: HeldBill, refund: Pick<RefundRow, 'id' | 'state' | 'attempt'>, event: RefundEvent): RefundState {
  const state = transition(refundMachine, refund.state, event)
  const attempt = refund.attempt + (event === 'giveAccount' ? 1 : 0)
  if (state !== refund.state) send(tx, tx`update refunds set state = ${state}, attempt = ${attempt} where id = ${refund.id}`)
  held.change({ refunds: held.bill.refunds.map((one) => (one.id === refund.id ? { id: one.id, state, attempt } : one)) })
  return state
}

import { conflict, GojiError } from '../../domain/errors.ts'
import { keptAgainPosting } from '../../domain/ledger.ts'
import { formatAmount } from '../../domain/money.ts'
import { refundMachine } from '../../domain/states/refund.ts'
import { allows } from '../../domain/states/table.ts'
import type { PaymentState } from '../../domain/states/payment.ts'
import type { Tx } from '../connection.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import type { Wake } from '../unit/with-bills.ts'
import { moveRefund, type RefundRow, withRefund } from './held-refund.ts'
import { keepExcess } from './keep-excess.ts'
import { closeException } from './open-exception.ts'

/** What a second person says of a refund; `actor` is who says it. */
export interface Decision {
  readonly refundId: string
  readonly actor: string
}

/**
 * Lets a refund go back that waits for a second person.
 * @throws GojiError `refund_not_found`; `refund_not_awaiting_approval`, `payment_disputed` (conflict); `second_person_needed` (forbidden).
 */
export async function approveRefund(tx: Tx, { refundId, actor }: Decision, now: number): Promise<{ wakes: Wake[] }> {
  return withRefund(tx, refundId, now, async (held, refund) => {
    refuseUnlessSecond(refund, actor, 'approve')
    const [payment] = await tx<{ state: PaymentState }[]>`select state from payments where id = ${refund.payment_id}`
    if (payment?.state === 'disputed')
      throw conflict(
        'payment_disputed',
        'The payment is disputed, and may be taken back as a whole. Approve the refund once that has ended.',
      )
    decide(tx, held, refund, { event: 'approve', actor }, now)
    held.log('refundApproved', actor, { refundId, ...amountOf(refund) })
    const line = 'a second person agreed that money goes back'
    held.fact = { kind: 'refundApproved', subjectId: refundId, occurredAt: now, line }
  })
}

/**
 * Ends a refund that waits for a second person: nothing goes back. What a bill had taken stays with it, and its charge too;
 * what was kept is kept again, and what an amendment made too much is held.
 * @throws GojiError `refund_not_found`; `refund_not_awaiting_approval` (conflict); `second_person_needed` (forbidden).
 */
export async function declineRefund(
  tx: Tx,
  { refundId, actor, reason }: Decision & { readonly reason: string },
  now: number,
): Promise<{ wakes: Wake[] }> {
  return withRefund(tx, refundId, now, async (held, refund) => {
    refuseUnlessSecond(refund, actor, 'decline')
    decide(tx, held, refund, { event: 'decline', actor, note: reason }, now)
    held.log('refundDeclined', actor, { refundId, ...amountOf(refund), reason })
    if (!refund.from_allocation) await keepAgain(tx, held, refund, now)
  })
}

const amountOf = ({ amount_minor: minor, currency }: RefundRow) => ({ amount: formatAmount({ minor, currency }), currency })

function refuseUnlessSecond(refund: RefundRow, actor: string, event: 'approve' | 'decline'): void {
  if (!allows(refundMachine, refund.state, event))
    throw conflict('refund_not_awaiting_approval', `The refund is ${refund.state}: it does not wait for a second person.`)
  if (refund.requested_by === actor)
    throw new GojiError('forbidden', 'second_person_needed', 'Who ordered a refund does not decide on it. Ask somebody with another key.')
}

function decide(
  tx: Tx,
  held: HeldBill,
  refund: RefundRow,
  { event, actor, note = null }: { event: 'approve' | 'decline'; actor: string; note?: string | null },
  now: number,
): void {
  // Before the state, which the database takes only with a decision.
  send(tx, tx`update refunds set decided_by = ${actor}, decided_at = ${now}, decision_note = ${note} where id = ${refund.id}`)
  moveRefund(tx, held, refund, event)
  closeException(tx, 'refundApproval', refund.id, now)
}

/** Money that no bill took was kept before somebody ordered it back: it is kept as that again. What an amendment made too much is held. */
async function keepAgain(tx: Tx, held: HeldBill, refund: RefundRow, now: number): Promise<void> {
  const [from] = await tx<{ kind: 'held' | 'credit' }[]>`
    select x.kind from excess_uses u join excesses x on x.id = u.excess_id where u.refund_id = ${refund.id}`
  const kind = from?.kind ?? 'held'
  const { payment_id: paymentId, amount_minor: minor, currency } = refund
  const excess = kind === 'held' ? 'held' : 'credited'
  const to = { excess, institutionId: held.row.institution_id, billId: held.bill.id } as const
  insertPosting(tx, keptAgainPosting(currency, minor, to), { paymentId }, now)
  keepExcess(tx, held, { paymentId, kind, minor, currency, occurredAt: now }, now)
}

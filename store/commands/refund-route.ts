import { conflict } from '../../domain/errors.ts'
import type { RefundAccount } from '../../domain/ports/gateway.ts'
import { refundMachine } from '../../domain/states/refund.ts'
import { allows } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'
import { finishRefund } from './finish-refund.ts'
import { moveRefund, withRefund } from './held-refund.ts'
import { closeException, openException } from './open-exception.ts'

/**
 * Takes the account that a refund is to go to, and has the refund go on. It stands in a table of its own and never in
 * the log, so that it can be erased.
 * @throws GojiError `refund_not_found`, `refund_needs_no_account` (conflict).
 */
export async function giveRefundAccount(
  tx: Tx,
  { refundId, account, actor }: { refundId: string; account: RefundAccount; actor: string },
  now: number,
): Promise<{ billId: string; wakes: Wake[] }> {
  const { result, wakes } = await withRefund(tx, refundId, now, async (held, refund) => {
    if (!allows(refundMachine, refund.state, 'giveAccount'))
      throw conflict('refund_needs_no_account', `The refund is ${refund.state}: no account is asked for now.`)
    moveRefund(tx, held, refund, 'giveAccount')
    send(
      tx,
      tx`
      insert into refund_accounts (refund_id, bank, number, holder, given_by, given_at)
      values (${refundId}, ${account.bank}, ${account.number}, ${account.holder}, ${actor}, ${now})
      on conflict (refund_id) do update set bank = excluded.bank, number = excluded.number, holder = excluded.holder, given_by = excluded.given_by, given_at = excluded.given_at`,
    )
    closeException(tx, 'refundWithoutRoute', refundId, now)
    held.log('refundAccountGiven', actor, { refundId })
    held.fact = { kind: 'refundAccountGiven', subjectId: refundId, occurredAt: now, line: 'the citizen said where the refund should go' }
    return held.bill.id
  })
  return { billId: result, wakes }
}

export interface Payout {
  readonly refundId: string
  /** The bank's reference of the transfer. */
  readonly reference: string
  /** Milliseconds. */
  readonly paidAt: number
  readonly actor: string
}

/** Books what an operator paid to the citizen's account. @throws GojiError `refund_not_found`, `refund_not_payable`, `reference_taken` (conflict). */
export async function payOutRefund(tx: Tx, { refundId, reference, paidAt, actor }: Payout, now: number): Promise<{ wakes: Wake[] }> {
  return withRefund(tx, refundId, now, async (held, refund) => {
    if (!allows(refundMachine, refund.state, 'payOut'))
      throw conflict('refund_not_payable', `The refund is ${refund.state}: it does not wait for a payout.`)
    const [taken] = await tx`select id from refunds where reference = ${reference}`
    if (taken)
      throw conflict('reference_taken', 'This reference stands for another refund already. Give the one of this transfer.', '/reference')
    finishRefund(tx, held, refund, { event: 'payOut', reference, refundedAt: paidAt, fromBank: true, actor }, now)
    closeException(tx, 'refundPayout', refundId, now)
    const line = 'the refund was paid to the citizen by transfer'
    held.fact = { kind: 'refunded', subjectId: refundId, occurredAt: paidAt, line }
  })
}

/** The account turned out to be none: the citizen is asked again. @throws GojiError `refund_not_found`, `refund_not_payable` (conflict). */
export async function refuseRefundAccount(
  tx: Tx,
  { refundId, actor }: { refundId: string; actor: string },
  now: number,
): Promise<{ wakes: Wake[] }> {
  return withRefund(tx, refundId, now, async (held, refund) => {
    if (refund.state !== 'awaitingPayout')
      throw conflict('refund_not_payable', `The refund is ${refund.state}: it does not wait for a payout.`)
    moveRefund(tx, held, refund, 'askAccount')
    send(tx, tx`update refunds set failure_code = 'account_refused' where id = ${refundId}`)
    send(tx, tx`delete from refund_accounts where refund_id = ${refundId}`)
    closeException(tx, 'refundPayout', refundId, now)
    openException(tx, held, 'refundWithoutRoute', refundId, now)
    held.log('refundRefused', actor, { refundId, code: 'account_refused' })
    const line = 'the account was refused; the citizen is asked again'
    held.fact = { kind: 'refundAccountRefused', subjectId: refundId, occurredAt: now, line }
  })
}

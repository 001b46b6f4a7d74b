import type { Currency } from '../../domain/currencies.ts'
import { StoppedError } from '../../domain/errors.ts'
import type { RefundAccount, RefundReport } from '../../domain/ports/gateway.ts'
import { refundMachine } from '../../domain/states/refund.ts'
import { allows } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { isStopped } from '../providers/provider-stop.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { finishRefund } from './finish-refund.ts'
import { moveRefund, type RefundRow, withRefund } from './held-refund.ts'
import { openException } from './open-exception.ts'

export interface BegunRefund {
  /** False when it is over already, whatever its end. */
  readonly open: boolean
  /** True when an earlier attempt, of ours or of books that were lost, may have reached the gateway: it is asked before anything is sent. */
  readonly askFirst: boolean
  /** An operator has stopped the gateway since: it is asked, and nothing is sent again. */
  readonly stopped: boolean
  /** What the gateway knows this attempt by. */
  readonly key: string
  readonly gateway: string
  readonly paymentReference: string
  readonly amountMinor: bigint
  readonly currency: Currency
  readonly reason: string
  /** Where the citizen wants it, once the way back by the payment's own rail was refused. */
  readonly account: RefundAccount | null
}

/**
 * Records that a refund is about to be sent, before it is. @throws GojiError `refund_not_found`; StoppedError where an operator
 * has stopped the gateway and it knows nothing of the refund yet.
 */
export async function beginRefund(tx: Tx, refundId: string, now: number): Promise<BegunRefund> {
  const { result } = await withRefund(tx, refundId, now, async (held, refund): Promise<BegunRefund> => {
    const open = allows(refundMachine, refund.state, 'submit')
    const stopped = open && (await isStopped(tx, 'gateway', refund.gateway))
    if (stopped && refund.state === 'requested') throw new StoppedError('gateway', refund.gateway)
    if (refund.state === 'requested') {
      moveRefund(tx, held, refund, 'submit')
      send(tx, tx`update refunds set submitted_at = ${now} where id = ${refundId}`)
      held.log('refundSubmitted', 'engine', { refundId })
    }
    const [account] = await tx<RefundAccount[]>`select bank, number, holder from refund_accounts where refund_id = ${refundId}`
    return {
      open,
      askFirst: refund.state === 'submitted' || refund.may_be_known,
      stopped,
      key: attemptKey(refund),
      gateway: refund.gateway,
      paymentReference: refund.payment_reference,
      amountMinor: refund.amount_minor,
      currency: refund.currency,
      reason: refund.reason,
      account: account ?? null,
    }
  })
  return result
}

/** Records the gateway's last word on a refund. A refusal leaves the money owed: the citizen is asked for an account. */
export async function recordRefund(
  tx: Tx,
  refundId: string,
  report: Extract<RefundReport, { status: 'succeeded' | 'failed' }>,
  now: number,
): Promise<void> {
  await withRefund(tx, refundId, now, async (held, refund) => {
    if (report.status === 'failed') return askAccount(tx, held, refund, report.code, now)
    if (!allows(refundMachine, refund.state, 'succeed')) return
    const { reference, refundedAt } = report
    finishRefund(tx, held, refund, { event: 'succeed', reference, refundedAt, fromBank: false, actor: 'engine' }, now)
  })
}

/** The gateway pays to no accounts: a person has to, with an age and an owner. */
export async function awaitPayout(tx: Tx, refundId: string, now: number): Promise<void> {
  await withRefund(tx, refundId, now, async (held, refund) => {
    if (!allows(refundMachine, refund.state, 'awaitPayout')) return
    moveRefund(tx, held, refund, 'awaitPayout')
    openException(tx, held, 'refundPayout', refund.id, now)
    held.log('refundAwaitsPayout', 'engine', { refundId })
  })
}

/** The first attempt is known by the refund's own id; each one by another way has a key of its own, so none is taken for a repetition. */
const attemptKey = ({ id, attempt }: RefundRow): string => (attempt === 1 ? id : `${id}-${attempt}`)

async function askAccount(tx: Tx, held: HeldBill, refund: RefundRow, code: string, now: number): Promise<void> {
  if (!allows(refundMachine, refund.state, 'askAccount')) return
  moveRefund(tx, held, refund, 'askAccount')
  send(tx, tx`update refunds set failure_code = ${code} where id = ${refund.id}`)
  send(tx, tx`delete from refund_accounts where refund_id = ${refund.id}`)
  openException(tx, held, 'refundWithoutRoute', refund.id, now)
  held.log('refundRefused', 'engine', { refundId: refund.id, code })
}

import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import { refundPosting } from '../../domain/ledger.ts'
import { formatAmount } from '../../domain/money.ts'
import type { RefundReport } from '../../domain/ports/gateway.ts'
import { refundMachine, type RefundState } from '../../domain/states/refund.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

interface RefundRow {
  id: string
  bill_id: string
  payment_id: string
  amount_minor: bigint
  currency: Currency
  from_allocation: boolean
  state: RefundState
  reason: string
  gateway: string
  payment_reference: string
}

export interface BegunRefund {
  /** False when it is over already, whatever its end. */
  readonly open: boolean
  /** True when an earlier attempt may have reached the gateway: it is asked before anything is sent again. */
  readonly askFirst: boolean
  readonly gateway: string
  readonly paymentReference: string
  readonly amountMinor: bigint
  readonly currency: Currency
  readonly reason: string
}

/** Records that a refund is about to be sent, before it is. @throws GojiError `refund_not_found`. */
export async function beginRefund(tx: Tx, refundId: string, now: number): Promise<BegunRefund> {
  const { result } = await withRefund(tx, refundId, now, async (held, refund): Promise<BegunRefund> => {
    const open = allows(refundMachine, refund.state, 'submit')
    if (refund.state === 'requested') {
      const state = transition(refundMachine, refund.state, 'submit')
      send(tx, tx`update refunds set state = ${state}, submitted_at = ${now} where id = ${refundId}`)
      put(held, refundId, state)
      held.log('refundSubmitted', 'engine', { refundId })
    }
    return {
      open,
      askFirst: refund.state === 'submitted',
      gateway: refund.gateway,
      paymentReference: refund.payment_reference,
      amountMinor: refund.amount_minor,
      currency: refund.currency,
      reason: refund.reason,
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
    const state = transition(refundMachine, refund.state, 'succeed')
    send(
      tx,
      tx`update refunds set state = ${state}, reference = ${report.reference}, refunded_at = ${report.refundedAt} where id = ${refundId}`,
    )
    put(held, refundId, state)
    if (refund.from_allocation) held.change({ refundedMinor: held.bill.refundedMinor + refund.amount_minor })
    const from = { billId: refund.bill_id, institutionId: refund.from_allocation ? held.row.institution_id : null }
    insertPosting(tx, refundPosting(refund.gateway, refund.currency, refund.amount_minor, from), { refundId }, now)
    held.log('refunded', 'engine', {
      refundId,
      amount: formatAmount({ minor: refund.amount_minor, currency: refund.currency }),
      currency: refund.currency,
    })
  })
}

async function askAccount(tx: Tx, held: HeldBill, refund: RefundRow, code: string, now: number): Promise<void> {
  if (!allows(refundMachine, refund.state, 'askAccount')) return
  const state = transition(refundMachine, refund.state, 'askAccount')
  send(tx, tx`update refunds set state = ${state}, failure_code = ${code} where id = ${refund.id}`)
  send(
    tx,
    tx`
    insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
    values (${newId('exc', now)}, ${held.bill.id}, ${held.row.institution_id}, 'refundWithoutRoute', ${refund.id}, 'operations', ${now})
    on conflict (kind, subject_id) do nothing`,
  )
  put(held, refund.id, state)
  held.log('refundRefused', 'engine', { refundId: refund.id, code })
}

const put = (held: HeldBill, id: string, state: RefundState): void =>
  held.change({ refunds: held.bill.refunds.map((refund) => (refund.id === id ? { id, state } : refund)) })

async function withRefund<T>(
  tx: Tx,
  refundId: string,
  now: number,
  work: (held: HeldBill, refund: RefundRow) => Promise<T>,
): Promise<{ result: T }> {
  const [found] = await tx<{ bill_id: string }[]>`select bill_id from refunds where id = ${refundId}`
  if (!found) throw notFound('refund')
  return withBill(tx, found.bill_id, now, async (held) => {
    const [refund] = await tx<RefundRow[]>`
      select r.id, r.bill_id, r.payment_id, r.amount_minor, r.currency, r.from_allocation, r.state, r.reason, p.gateway, p.reference as payment_reference
      from refunds r join payments p on p.id = r.payment_id where r.id = ${refundId} for update of r`
    if (!refund) throw notFound('refund')
    return work(held, refund)
  })
}

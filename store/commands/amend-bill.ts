import { isDeepStrictEqual } from 'node:util'
import { principalMinor } from '../../domain/bill.ts'
import { wasShown } from '../../domain/chain.ts'
import { conflict, invalid } from '../../domain/errors.ts'
import { formatAmount, type Money } from '../../domain/money.ts'
import { dueIfResumed } from '../../domain/moved-due.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { changePrincipal } from './change-principal.ts'
import { creditWakes } from './credit-wakes.ts'
import { moveDue } from './move-due.ts'
import type { Order } from './pause-bill.ts'
import { payInFull } from './pay-in-full.ts'

type Details = readonly { readonly label: string; readonly value: string }[]

/** What of the bill is to be another from now on. */
export interface Amendment {
  /** The issued amount, without surcharges and reductions. */
  readonly amount?: Money | undefined
  readonly dueDate?: string | undefined
  readonly details?: Details | undefined
}

/**
 * Corrects a bill that is not paid in full. Whoever was shown the old figures is served anew; whoever was not gets the new
 * ones only. An open payment page over the old amount is ended by the bill's run. What is paid beyond a lower amount, surcharges
 * included, goes by the policy's `onExcess`.
 * @throws GojiError `bill_closed`, `bill_paid`, `bill_asks_nothing` (conflict); `amendment_empty`, `amount_not_positive`,
 * `currency_differs`, `due_date_earlier`, `due_date_past` (invalid).
 */
export async function amendBill(tx: Tx, order: Order & Amendment, now: number): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => {
    await amend(tx, held, order, now)
  })
  return [...wakes, ...(await creditWakes(tx, order.billId))]
}

/** The same for a bill that is held already. */
export async function amend(tx: Tx, held: HeldBill, order: Omit<Order, 'billId'> & Amendment, now: number): Promise<void> {
  refuseUnless(held, order)
  const { reason, actor } = order
  const principal = principalMinor(held.bill)
  const amount = order.amount === undefined || order.amount.minor === principal ? null : order.amount.minor
  const before = await detailsOf(tx, held.bill.id)
  const details = order.details === undefined || isDeepStrictEqual(order.details, before) ? null : order.details
  const dueDate = order.dueDate === undefined || order.dueDate === held.bill.dueDate ? null : order.dueDate
  if (amount === null && details === null && dueDate === null)
    throw invalid('amendment_empty', 'The amendment changes nothing. Give another amount, due date or details.')
  const shown = wasShown(held.bill)
  if (dueDate !== null) await correctDue(tx, held, { dueDate, shown }, now)
  if (amount !== null) await changePrincipal(tx, held, { from: principal, to: amount, reason, actor }, now)
  payInFull(held)
  held.revision += 1
  if (shown) held.change({ noticeRevision: held.revision, noticesFrom: now })
  held.mustWake = true
  if (details !== null) send(tx, tx`update bills set details = ${tx.json(details as never)} where id = ${held.bill.id}`)
  send(
    tx,
    tx`
    insert into amendments (bill_id, institution_id, revision, amount_before_minor, amount_minor, due_date, details_before, details, served_again, reason, actor, at)
    values (${held.bill.id}, ${held.row.institution_id}, ${held.revision}, ${amount === null ? null : principal}, ${amount}, ${dueDate},
      ${details === null ? null : tx.json(before as never)}, ${details === null ? null : tx.json(details as never)}, ${shown}, ${reason}, ${actor}, ${now})`,
  )
  const { currency } = held.bill
  held.log('amended', actor, {
    revision: held.revision,
    ...(amount === null
      ? {}
      : { before: formatAmount({ minor: principal, currency }), amount: formatAmount({ minor: amount, currency }), currency }),
    ...(dueDate === null ? {} : { dueDate }),
    ...(details === null ? {} : { details: 'changed' }),
    reason,
  })
  held.fact = {
    kind: 'amended',
    subjectId: null,
    occurredAt: now,
    line: `the institution amended the bill (revision ${held.revision})${shown ? ', whose notice is served again' : ''}`,
  }
}

/** A date that somebody was shown is never moved earlier. */
async function correctDue(tx: Tx, held: HeldBill, { dueDate, shown }: { dueDate: string; shown: boolean }, now: number): Promise<void> {
  const before = shown ? dueIfResumed(held.bill, held.policy, now) : null
  await moveDue(tx, held, dueDate, now)
  const after = dueIfResumed(held.bill, held.policy, now)
  if (before !== null && after !== null && after < before)
    throw invalid(
      'due_date_earlier',
      'The citizen was shown a later due date already, which is kept. Give that one or a later one.',
      '/dueDate',
    )
}

async function detailsOf(tx: Tx, billId: string): Promise<Details> {
  const [row] = await tx<{ details: Details }[]>`select details from bills where id = ${billId}`
  return row?.details ?? []
}

function refuseUnless({ bill }: HeldBill, { amount, dueDate }: Amendment): void {
  if (bill.status === 'paid' || bill.status === 'settled') throw conflict('bill_paid', 'The bill is paid. Refund the payment instead.')
  if (bill.status !== 'received' && !isPayable(bill.status))
    throw conflict('bill_closed', `The bill is ${bill.status}: nothing of it can be changed any more.`)
  if (!bill.asksMoney && (amount !== undefined || dueDate !== undefined))
    throw conflict('bill_asks_nothing', 'The bill asks for no money, so it has no amount and no due date. Send a bill of its own.')
  if (amount === undefined) return
  if (amount.currency !== bill.currency) throw invalid('currency_differs', `The bill is in ${bill.currency}.`, '/amount/currency')
  if (amount.minor <= 0n)
    throw invalid('amount_not_positive', 'A bill asks for an amount above zero. Cancel it where nothing is due.', '/amount/amount')
}

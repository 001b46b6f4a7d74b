import { conflict, notFound } from '../../domain/errors.ts'
import { bankPosting } from '../../domain/ledger.ts'
import type { PaymentMethod } from '../../domain/ports/gateway.ts'
import { bare } from '../../domain/reference.ts'
import { isPayable, type BillStatus } from '../../domain/states/bill.ts'
import { lineMachine, type LineState } from '../../domain/states/statement-line.ts'
import { allows, transition } from '../../domain/states/table.ts'
import { amountOf, lockBankLine, placeOf } from '../bank/bank-line.ts'
import { payBill } from '../bank/post-bank-line.ts'
import { recordTransfer } from '../commands/record-transfer.ts'
import { type Line, postPayment } from '../commands/post-line.ts'
import type { Tx } from '../connection.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import { appendLog } from '../log/append-log.ts'
import type { Wake } from '../unit/with-bills.ts'
import { closeLineException } from './line-exception.ts'

interface Open {
  id: string
  kind: string
  line_id: string | null
}

/** What only the gateway's own pages tell of a payment. `paidAt` in milliseconds. */
export interface HowPaid {
  readonly method: PaymentMethod
  readonly paidAt: number
}

interface Deed {
  readonly exceptionId: string
  readonly actor: string
}

/** The exception under its lock. @throws GojiError `exception_not_found`, `exception_closed` (conflict). */
async function lockOpen(tx: Tx, id: string): Promise<Open> {
  const [row] = await tx<
    (Open & { closed_at: number | null })[]
  >`select id, kind, line_id, closed_at from exceptions where id = ${id} for update`
  if (!row) throw notFound('exception')
  if (row.closed_at !== null) throw conflict('exception_closed', 'Somebody ended this exception already. Read it for what was done.')
  return row
}

/** The line that an exception is about. @throws GojiError `exception_not_a_line` (conflict). */
async function lockLine(tx: Tx, { kind, line_id: lineId }: Open): Promise<Line & { id: string; state: LineState }> {
  const [line] = kind === 'line' && lineId !== null ? await tx<Line[]>`select * from statement_lines where id = ${lineId} for update` : []
  if (!line)
    throw conflict(
      'exception_not_a_line',
      'This is about no line of a statement that could be placed. Do what its kind asks for, or dismiss it.',
    )
  return line
}

const note = (
  tx: Tx,
  exceptionId: string,
  action: string,
  actor: string,
  body: Readonly<Record<string, unknown>>,
  now: number,
): Promise<void> => appendLog(tx, `exception:${exceptionId}`, { at: now, action, actor, body })

/** Says who looks after an exception. @throws GojiError `exception_not_found`, `exception_closed`. */
export async function assignException(tx: Tx, { exceptionId, actor, owner }: Deed & { owner: string }, now: number): Promise<void> {
  const { line_id: lineId } = await lockOpen(tx, exceptionId)
  await tx`update exceptions set owner = ${owner} where id = ${exceptionId}`
  if (lineId !== null) await tx`update statement_lines set owner = ${owner} where id = ${lineId}`
  await note(tx, exceptionId, 'assigned', actor, { owner }, now)
}

/**
 * Places the line of an exception by a person's word: money on the account becomes a payment of the bill, a gateway's line
 * settles the payment.
 * @throws GojiError `exception_not_found`, `exception_closed`, `exception_not_a_line`, `line_does_not_fit`, `bill_not_found`.
 */
export async function matchException(
  tx: Tx,
  { exceptionId, actor, ...target }: Deed & ({ billId: string; paid?: HowPaid } | { paymentId: string }),
  now: number,
): Promise<Wake[]> {
  const line = await lockLine(tx, await lockOpen(tx, exceptionId))
  const wakes = 'billId' in target ? await giveToBill(tx, line, target, actor, now) : await toPayment(tx, line, target.paymentId, now)
  await note(tx, exceptionId, 'matched', actor, { lineId: line.id, ...target }, now)
  await tx`update exceptions set closed_at = ${now}, closed_by = ${actor}, outcome = 'matched' where id = ${exceptionId}`
  return wakes
}

async function giveToBill(
  tx: Tx,
  line: Line & { state: LineState },
  { billId, paid }: { billId: string; paid?: HowPaid },
  actor: string,
  now: number,
): Promise<Wake[]> {
  if (line.kind !== 'payment') return toBill(tx, line, billId, actor, now)
  if (paid === undefined)
    throw misfit("A gateway's line does not tell when and how it was paid. Say it (paidAt, method), as the gateway's own pages do.")
  return bookForgotten(tx, line, { billId, ...paid }, now)
}

async function toBill(tx: Tx, { id, kind }: Line, billId: string, actor: string, now: number): Promise<Wake[]> {
  const line = kind === 'credit' ? await lockBankLine(tx, id) : undefined
  if (!line) throw misfit('Only money that came in can be given to a bill. Name the payment that this line is about.')
  const [bill] = await tx<
    { currency: string; status: BillStatus; asks_money: boolean }[]
  >`select currency, status, asks_money from bills where id = ${billId}`
  if (!bill) throw notFound('bill')
  if (bill.currency !== line.currency || !bill.asks_money)
    throw misfit(`The bill asks for no money in ${line.currency}. Name another bill.`)
  if (!isPayable(bill.status)) throw misfit(`The bill is ${bill.status} and takes no money. Name another bill, or send the money back.`)
  return payBill(tx, line, { id: billId, rule: 'person' }, actor, now)
}

/**
 * A payment that a gateway has and the books do not: they were put back from a copy that is older than its checkout. It is
 * recorded for the bill and settled by the line; what the bill does not take goes by its policy, as ever.
 */
async function bookForgotten(
  tx: Tx,
  line: Line & { state: LineState },
  { billId, method, paidAt }: HowPaid & { readonly billId: string },
  now: number,
): Promise<Wake[]> {
  const { gateway, subject_reference: reference, gross_minor: minor, currency } = line
  const known = await tx`select 1 from payments where gateway = ${gateway} and reference = ${reference}`
  if (known.length > 0) throw misfit('The books know this payment. Name it instead of a bill.')
  if (paidAt > line.settled_at) throw misfit('It cannot have been paid after it was settled. Correct paidAt.')
  const [bill] = await tx<{ currency: string; asks_money: boolean }[]>`select currency, asks_money from bills where id = ${billId}`
  if (!bill) throw notFound('bill')
  if (bill.currency !== currency || !bill.asks_money) throw misfit(`The bill asks for no money in ${currency}. Name another bill.`)
  const amount = { minor, currency }
  const { paymentId, wakes } = await recordTransfer(
    tx,
    { gateway, reference, method, amount, paidAt, paidAtSource: 'gateway', billId },
    now,
  )
  const settled = await postPayment(tx, line, now)
  await tx`update statement_lines set rule = 'person', payment_id = ${paymentId} where id = ${line.id}`
  return [...wakes, ...settled]
}

async function toPayment(tx: Tx, line: Line, paymentId: string, now: number): Promise<Wake[]> {
  if (line.kind !== 'payment') throw misfit('Only a line of a gateway’s file settles a payment. Name the bill that this money is for.')
  const [payment] = await tx<{ gateway: string; reference: string }[]>`select gateway, reference from payments where id = ${paymentId}`
  if (!payment || payment.gateway !== line.gateway) throw misfit('There is no such payment of this gateway. Name another one.')
  const wakes = await postPayment(tx, { ...line, subject_reference: payment.reference }, now)
  const [after] = await tx<{ state: LineState }[]>`select state from statement_lines where id = ${line.id}`
  if (after?.state !== 'posted') throw misfit('The payment is of another amount or settled already. Name another one.')
  await tx`update statement_lines set rule = 'person', payment_id = ${paymentId} where id = ${line.id}`
  return wakes
}

const misfit = (why: string) => conflict('line_does_not_fit', why)

/**
 * Decides that money nobody can place goes back to its payer. It is owed to the payer from then on, and the exception
 * stays open until the bank's statement shows the transfer, which has to carry the line's id.
 * @throws GojiError `exception_not_found`, `exception_closed`, `exception_not_a_line`, `line_does_not_fit`.
 */
export async function sendBackException(tx: Tx, { exceptionId, actor }: Deed, now: number): Promise<void> {
  const open = await lockOpen(tx, exceptionId)
  const { id, kind } = await lockLine(tx, open)
  const line = kind === 'credit' ? await lockBankLine(tx, id) : undefined
  if (!line?.in_suspense) throw misfit('Only money that is held in suspense can go back to its payer.')
  const state = moveLine(line.state, 'sendBack')
  await tx`update statement_lines set state = ${state} where id = ${line.id}`
  insertPosting(
    tx,
    bankPosting('sendBack', amountOf(line), placeOf(line), { account: 'refundPayable', holder: '' }),
    { lineId: line.id },
    now,
  )
  await tx`update exceptions set reason = 'toSendBack' where id = ${exceptionId}`
  await note(tx, exceptionId, 'sendBack', actor, { lineId: line.id, reference: bare(line.id) }, now)
}

/** Puts an exception away with a reason: nothing is done about it. Money in suspense stays there. @throws as the others. */
export async function dismissException(tx: Tx, { exceptionId, actor, reason }: Deed & { reason: string }, now: number): Promise<void> {
  const open = await lockOpen(tx, exceptionId)
  if (open.kind === 'line') {
    const line = await lockLine(tx, open)
    await tx`update statement_lines set state = ${moveLine(line.state, 'dismiss')} where id = ${line.id}`
    closeLineException(tx, { lineId: line.id, outcome: 'dismissed', actor, note: reason }, now)
  } else {
    await tx`update exceptions set closed_at = ${now}, closed_by = ${actor}, outcome = 'dismissed', note = ${reason} where id = ${exceptionId}`
  }
  await note(tx, exceptionId, 'dismissed', actor, { reason }, now)
}

function moveLine(state: LineState, event: 'dismiss' | 'sendBack'): LineState {
  if (!allows(lineMachine, state, event)) throw misfit(`The line is ${state}. Read the exception again.`)
  return transition(lineMachine, state, event)
}

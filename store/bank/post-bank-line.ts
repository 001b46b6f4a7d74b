import { bankPosting } from '../../domain/ledger.ts'
import { lineMachine } from '../../domain/states/statement-line.ts'
import { allows, transition } from '../../domain/states/table.ts'
import { except, type Line, postPayment } from '../commands/post-line.ts'
import { recordCapture } from '../commands/record-capture.ts'
import { recordTransfer } from '../commands/record-transfer.ts'
import type { Tx } from '../connection.ts'
import { closeLineException } from '../exceptions/line-exception.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import { send } from '../unit/transaction.ts'
import type { Wake } from '../unit/with-bills.ts'
import { amountOf, type BankLineRow, keysOf, lockBankLine, placeOf } from './bank-line.ts'
import { findBill, findCheckout } from './find-bill.ts'
import { findReturned, postReturn } from './post-return.ts'
import { findPayout, type Payout } from './find-payout.ts'
import { offerPayerAccount, seeRefund } from './see-refund.ts'
import { seeSentBack } from './see-sent-back.ts'

/**
 * Places one line of a bank's file: a payment of a bill or a checkout, or a gateway's payout. What no rule places is held
 * in suspense from the moment it is seen, and is an exception with a reason, an age and an owner.
 */
export async function postBankLine(tx: Tx, lineId: string, now: number): Promise<Wake[]> {
  const line = await lockBankLine(tx, lineId)
  if (!line || !allows(lineMachine, line.state, 'post')) return []
  if (line.is_unclear) return suspend(tx, line, 'partsDiffer', now)
  const keys = keysOf(line)
  if (line.kind === 'debit') return postDebit(tx, line, keys, now)
  if (line.is_reversal) return suspend(tx, line, 'reversalUnknown', now)
  const checkout = await findCheckout(tx, line, keys)
  if (checkout) return payCheckout(tx, line, checkout.id, now)
  const bill = await findBill(tx, line, keys)
  if ('id' in bill && bill.rule === 'reference') return payBill(tx, line, bill, 'engine', now)
  const payout = await findPayout(tx, line)
  if (payout !== null && payout !== 'ambiguous') return bookPayout(tx, line, payout, now)
  if ('id' in bill) return payBill(tx, line, bill, 'engine', now)
  return suspend(tx, line, payout ?? bill.reason, now)
}

/** Money that left the account: a transfer that we made ourselves, one that the bank took back, or a gateway's. */
async function postDebit(tx: Tx, line: BankLineRow, keys: readonly string[], now: number): Promise<Wake[]> {
  if (await seeSentBack(tx, line, keys, now)) return posted(tx, line, { rule: 'sentBack' }, now)
  const refund = await seeRefund(tx, line, keys, now)
  if (refund) {
    leaveSuspense(tx, line, now)
    return [...refund.wakes, ...posted(tx, line, { rule: 'refund', refundId: refund.refundId }, now)]
  }
  const returned = await findReturned(tx, line)
  if (returned) {
    const wakes = await postReturn(tx, line, returned, now)
    if (wakes === null) return suspend(tx, line, 'returnedInPart', now)
    if (returned.paid_at_source === 'bank') {
      leaveSuspense(tx, line, now)
      posted(tx, line, { rule: 'returned' }, now)
    } else send(tx, tx`update statement_lines set rule = 'returned' where id = ${line.id}`)
    return wakes
  }
  const payout = await findPayout(tx, line)
  if (payout !== null && payout !== 'ambiguous') return bookPayout(tx, line, payout, now)
  return suspend(tx, line, payout ?? 'debitUnknown', now)
}

/** What is booked from the bank itself has to be there again first, where the line was held as unknown before. */
function leaveSuspense(tx: Tx, line: BankLineRow, now: number): void {
  if (!line.in_suspense) return
  const back = { minor: -line.gross_minor, currency: line.currency }
  insertPosting(
    tx,
    bankPosting('sentBack', back, { account: 'bank', holder: '' }, { account: 'suspense', holder: '' }),
    { lineId: line.id },
    now,
  )
}

/** Records the payment of one bill; what the bill does not take goes by its policy, also where it was paid before. */
export async function payBill(tx: Tx, line: BankLineRow, bill: { id: string; rule: string }, actor: string, now: number): Promise<Wake[]> {
  const { paymentId, wakes } = await recordTransfer(
    tx,
    {
      gateway: line.gateway,
      reference: line.line_reference,
      method: 'bankTransfer',
      amount: amountOf(line),
      paidAt: line.settled_at,
      paidAtSource: 'bank',
      billId: bill.id,
      lineId: line.id,
      into: placeOf(line),
    },
    now,
  )
  offerPayerAccount(tx, line, paymentId, now)
  return [...wakes, ...posted(tx, line, { rule: bill.rule, paymentId, actor }, now)]
}

/** Money for a payment page that told the citizen where to transfer it: the gateway's payment, in the bank at once. */
async function payCheckout(tx: Tx, line: BankLineRow, checkoutId: string, now: number): Promise<Wake[]> {
  const known = await paymentOf(tx, checkoutId)
  if (known) {
    // The page was paid before: its first bill gives the money back, or keeps it, by its policy.
    const [bill] = await tx<
      { bill_id: string }[]
    >`select bill_id from checkout_bills where checkout_id = ${checkoutId} order by bill_id limit 1`
    return payBill(tx, line, { id: bill?.bill_id ?? '', rule: 'reference' }, 'engine', now)
  }
  const capture = { status: 'captured', amount: amountOf(line), method: 'bankTransfer', paidAt: line.settled_at } as const
  const paid = await recordCapture(tx, checkoutId, capture, now)
  const payment = await paymentOf(tx, checkoutId)
  const asSettled: Line = {
    ...line,
    subject_reference: payment?.reference ?? '',
    fee_minor: 0n,
    net_minor: line.gross_minor,
    into: placeOf(line),
  }
  const settled = await postPayment(tx, asSettled, now)
  send(tx, tx`update statement_lines set rule = 'reference', payment_id = ${payment?.id ?? null} where id = ${line.id}`)
  if (payment) offerPayerAccount(tx, line, payment.id, now)
  return [...paid, ...settled]
}

async function paymentOf(tx: Tx, checkoutId: string): Promise<{ id: string; reference: string } | undefined> {
  const [payment] = await tx<{ id: string; reference: string }[]>`select id, reference from payments where checkout_id = ${checkoutId}`
  return payment
}

/** A gateway's payout: what its files told is in the bank now. */
function bookPayout(tx: Tx, line: BankLineRow, { gateway, statementIds }: Payout, now: number): Wake[] {
  insertPosting(tx, bankPosting('payout', amountOf(line), placeOf(line), { account: 'bank', holder: gateway }), { lineId: line.id }, now)
  send(tx, tx`update statements set seen_in_bank = ${line.id} where id = any(${statementIds as string[]})`)
  return posted(tx, line, { rule: 'payout' }, now)
}

interface Placed {
  readonly rule: string
  readonly paymentId?: string
  readonly refundId?: string
  readonly actor?: string
}

function posted(tx: Tx, line: BankLineRow, { rule, paymentId, refundId, actor = 'engine' }: Placed, now: number): Wake[] {
  const state = transition(lineMachine, line.state, 'post')
  send(
    tx,
    tx`update statement_lines set state = ${state}, rule = ${rule}, payment_id = ${paymentId ?? null}, refund_id = ${refundId ?? null} where id = ${line.id}`,
  )
  if (line.state === 'exception') closeLineException(tx, { lineId: line.id, outcome: 'matched', actor }, now)
  return []
}

/** Holds money that nobody can place: it is on the account, so it is in the books. */
export function suspend(tx: Tx, line: BankLineRow, reason: string, now: number): Wake[] {
  if (!line.in_suspense) {
    const posting = bankPosting('suspense', amountOf(line), { account: 'bank', holder: '' }, { account: 'suspense', holder: '' })
    insertPosting(tx, posting, { lineId: line.id }, now)
  }
  except(tx, line, reason, now)
  return []
}

import { isInBank } from '../../domain/bill.ts'
import { type MoneyAccount, settlementPosting } from '../../domain/ledger.ts'
import type { Currency } from '../../domain/currencies.ts'
import { apportion, formatAmount } from '../../domain/money.ts'
import { type LineState, lineMachine } from '../../domain/states/statement-line.ts'
import { paymentMachine, type PaymentState } from '../../domain/states/payment.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { closeLineException, openLineException } from '../exceptions/line-exception.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBill, withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

/** A line of a gateway's file. */
export interface Line {
  id: string
  gateway: string
  kind: 'payment' | 'refund' | 'credit' | 'debit'
  subject_reference: string
  currency: Currency
  gross_minor: bigint
  fee_minor: bigint
  net_minor: bigint
  settled_at: number
  state: LineState
  /** Where the money of a bank's line lies; a gateway's is on its way to the bank. */
  into?: MoneyAccount
}

/** Why a line could not be placed; a person sees it with its age. */
export type Unplaced = 'paymentUnknown' | 'refundUnknown' | 'amountDiffers' | 'alreadySettled' | 'booksRefused'

/**
 * Books one line of a settlement file: one ledger transaction, the payment or refund settled, its bills moved on. What
 * no rule places becomes an exception with a reason, an age and an owner; it is never guessed and never dropped.
 */
export async function postLine(tx: Tx, lineId: string, now: number): Promise<Wake[]> {
  const [line] = await tx<Line[]>`select * from statement_lines where id = ${lineId} for update`
  if (!line || !allows(lineMachine, line.state, 'post')) return []
  return line.kind === 'payment' ? postPayment(tx, line, now) : postRefund(tx, line, now)
}

/** Opens an exception for a line whose booking the database refused: the lines behind it go on without it. */
export async function setLineAside(tx: Tx, lineId: string, now: number): Promise<void> {
  const [line] = await tx<Line[]>`select * from statement_lines where id = ${lineId} for update`
  if (line && allows(lineMachine, line.state, 'except')) except(tx, line, 'booksRefused' satisfies Unplaced, now)
}

interface PaymentRow {
  id: string
  amount_minor: bigint
  currency: Currency
  state: PaymentState
  settled_at: number | null
}

export async function postPayment(tx: Tx, line: Line, now: number): Promise<Wake[]> {
  const [found] = await tx<
    { id: string }[]
  >`select id from payments where gateway = ${line.gateway} and reference = ${line.subject_reference}`
  if (!found) {
    except(tx, line, 'paymentUnknown', now)
    return []
  }
  const shares = await tx<
    { bill_id: string; amount_minor: bigint }[]
  >`select bill_id, amount_minor from allocations where payment_id = ${found.id} order by bill_id`
  const { wakes } = await withBills(
    tx,
    shares.map(({ bill_id }) => bill_id),
    now,
    async (held) => {
      // Read under its own lock: two lines may name the same payment at the same time, and only one of them is right.
      const [payment] = await tx<
        PaymentRow[]
      >`select id, amount_minor, currency, state, settled_at from payments where id = ${found.id} for no key update`
      if (!payment || payment.amount_minor !== line.gross_minor || payment.currency !== line.currency)
        return except(tx, line, 'amountDiffers', now)
      if (payment.settled_at !== null || !allows(paymentMachine, payment.state, 'settle')) return except(tx, line, 'alreadySettled', now)
      send(
        tx,
        tx`
      update payments set state = ${transition(paymentMachine, payment.state, 'settle')}, settled_at = ${line.settled_at}, fee_minor = ${line.fee_minor}
      where id = ${payment.id}`,
      )
      // The fee is borne in proportion by every part of the payment, also by one that goes back.
      const unallocated = payment.amount_minor - shares.reduce((sum, share) => sum + share.amount_minor, 0n)
      const fees = apportion(line.fee_minor, [...shares.map((share) => share.amount_minor), unallocated])
      held.forEach((one, index) => settle(tx, one, { gross: shares[index]?.amount_minor ?? 0n, fee: fees[index] ?? 0n, line, now }))
      return book(tx, line, now)
    },
  )
  return wakes
}

function settle(tx: Tx, held: HeldBill, { gross, fee, line, now }: { gross: bigint; fee: bigint; line: Line; now: number }): void {
  held.change({ settledMinor: held.bill.settledMinor + gross })
  held.feesMinor += fee
  const amount = formatAmount({ minor: gross, currency: line.currency })
  held.log('settlementMatched', 'engine', { lineId: line.id, amount, currency: line.currency })
  if (held.bill.status === 'paid' && isInBank(held.bill)) {
    held.move('settle')
    if (held.bill.exceptionOpen) {
      held.change({ exceptionOpen: false })
      send(
        tx,
        tx`update exceptions set closed_at = ${now} where kind = 'settlementLate' and subject_id = ${held.bill.id} and closed_at is null`,
      )
    }
  }
  held.fact = {
    kind: 'settlementMatched',
    subjectId: line.id,
    occurredAt: line.settled_at,
    line: `${amount} ${line.currency} was settled by the gateway`,
  }
}

interface RefundRow {
  id: string
  amount_minor: bigint
  currency: Currency
  from_allocation: boolean
  settled_at: number | null
}

async function postRefund(tx: Tx, line: Line, now: number): Promise<Wake[]> {
  const [found] = await tx<{ id: string; bill_id: string }[]>`
    select r.id, r.bill_id from refunds r join payments p on p.id = r.payment_id where p.gateway = ${line.gateway} and r.reference = ${line.subject_reference}`
  if (!found) {
    except(tx, line, 'refundUnknown', now)
    return []
  }
  const { wakes } = await withBill(tx, found.bill_id, now, async (held) => {
    const [refund] = await tx<
      RefundRow[]
    >`select id, amount_minor, currency, from_allocation, settled_at from refunds where id = ${found.id} for update`
    if (!refund || refund.amount_minor !== -line.gross_minor || refund.currency !== line.currency)
      return except(tx, line, 'amountDiffers', now)
    if (refund.settled_at !== null) return except(tx, line, 'alreadySettled', now)
    send(tx, tx`update refunds set settled_at = ${line.settled_at} where id = ${refund.id}`)
    // Money that never fitted the bill never counted as settled on it, and neither does its way back.
    if (refund.from_allocation) {
      held.change({ settledMinor: held.bill.settledMinor - refund.amount_minor })
      held.feesMinor += line.fee_minor
    }
    held.log('refundSettled', 'engine', {
      lineId: line.id,
      refundId: refund.id,
      amount: formatAmount({ minor: refund.amount_minor, currency: refund.currency }),
      currency: refund.currency,
    })
    return book(tx, line, now)
  })
  return wakes
}

function book(tx: Tx, line: Line, now: number): void {
  insertPosting(
    tx,
    settlementPosting(line.gateway, line.currency, { gross: line.gross_minor, fee: line.fee_minor, net: line.net_minor }, line.into),
    { lineId: line.id },
    now,
  )
  send(tx, tx`update statement_lines set state = ${transition(lineMachine, line.state, 'post')} where id = ${line.id}`)
  if (line.state === 'exception') closeLineException(tx, { lineId: line.id, outcome: 'matched', actor: 'engine' }, now)
}

/** Opens the exception of a line, or gives it another reason: its age stays. */
export function except(tx: Tx, line: Pick<Line, 'id' | 'state'>, reason: string, now: number): void {
  const state = transition(lineMachine, line.state, 'except')
  send(
    tx,
    tx`update statement_lines set state = ${state}, reason = ${reason}, owner = coalesce(owner, 'operations'), opened_at = coalesce(opened_at, ${now}) where id = ${line.id}`,
  )
  openLineException(tx, { lineId: line.id, kind: 'line', reason }, now)
}

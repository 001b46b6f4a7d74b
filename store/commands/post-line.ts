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
import { type Wake, withBills } from '../unit/with-bills.ts'
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
  /** What bills have of it. */
  allocated_minor: bigint
}

export async function postPayment(tx: Tx, line: Line, now: number): Promise<Wake[]> {
  const found = await tx<{ id: string; bill_id: string | null; amount_minor: bigint | null }[]>`
    select p.id, a.bill_id, a.amount_minor from payments p left join allocations a on a.payment_id = p.id
    where p.gateway = ${line.gateway} and p.reference = ${line.subject_reference} order by a.bill_id`
  const [first] = found
  if (!first) {
    except(tx, line, 'paymentUnknown', now)
    return []
  }
  const shares = found.flatMap(({ bill_id, amount_minor }) => (bill_id === null ? [] : [{ bill_id, amount_minor: amount_minor ?? 0n }]))
  const { wakes } = await withBills(
    tx,
    shares.map(({ bill_id }) => bill_id),
    now,
    async (held, payment) => {
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
      // Neither may a bill have given a part of it up since the shares were read.
      if (payment.amount_minor - payment.allocated_minor > unallocated) throw placedAnew()
      if (unallocated > 0n) await refuseLaterParts(tx, payment, unallocated)
      const fees = apportion(line.fee_minor, [...shares.map((share) => share.amount_minor), unallocated])
      const { id: paymentId } = payment
      held.forEach((one, index) =>
        settle(tx, one, { paymentId, gross: shares[index]?.amount_minor ?? 0n, fee: fees[index] ?? 0n, line, now }),
      )
      return book(tx, line, now)
    },
    () => lockPayment(tx, first.id),
  )
  return wakes
}

/** Two lines may name the same payment at the same time, and only one of them is right: it is read under its own lock. */
async function lockPayment(tx: Tx, id: string): Promise<PaymentRow | undefined> {
  const [payment] = await tx<PaymentRow[]>`select id, amount_minor, currency, state, settled_at,
      (select coalesce(sum(a.amount_minor), 0)::bigint from allocations a where a.payment_id = payments.id) as allocated_minor
    from payments where id = ${id} for no key update`
  return payment
}

/** The code is the database's own for "run it again", and the next reading has the parts as they are. */
const placedAnew = (): Error => Object.assign(new Error('a part of the payment was placed anew meanwhile'), { code: '40001' })

/** Credit of the payment may have been given to another bill before the payment was locked, and that bill is not held. */
async function refuseLaterParts(tx: Tx, payment: PaymentRow, unallocated: bigint): Promise<void> {
  const [later] = await tx<{ allocated: bigint }[]>`
    select coalesce(sum(amount_minor), 0)::bigint as allocated from allocations where payment_id = ${payment.id}`
  if (payment.amount_minor - (later?.allocated ?? 0n) !== unallocated) throw placedAnew()
}

/** A payment's share of one bill, and of its fee. */
interface Share {
  readonly paymentId: string
  readonly gross: bigint
  readonly fee: bigint
  readonly line: Line
  readonly now: number
}

function settle(tx: Tx, held: HeldBill, { paymentId, gross, fee, line, now }: Share): void {
  held.change({ settledMinor: held.bill.settledMinor + gross })
  held.feesMinor += fee
  const amount = formatAmount({ minor: gross, currency: line.currency })
  held.log('settlementMatched', 'engine', { lineId: line.id, paymentId, amount, currency: line.currency })
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
  bill_id: string
  amount_minor: bigint
  currency: Currency
  from_allocation: boolean
  settled_at: number | null
}

/** A payment of several bills that was taken back is one line, and a refund of each bill under the same reference (`ref#1`). */
export async function postRefund(tx: Tx, line: Line, now: number): Promise<Wake[]> {
  const refunds = (): Promise<RefundRow[]> => tx<RefundRow[]>`
    select r.id, r.bill_id, r.amount_minor, r.currency, r.from_allocation, r.settled_at from refunds r join payments p on p.id = r.payment_id
    where p.gateway = ${line.gateway} and (r.reference = ${line.subject_reference} or starts_with(r.reference, ${`${line.subject_reference}#`}))
    order by r.id`
  const found = await refunds()
  if (found.length === 0) {
    except(tx, line, 'refundUnknown', now)
    return []
  }
  const { wakes } = await withBills(tx, [...new Set(found.map(({ bill_id }) => bill_id))], now, async (held) => {
    // Read again under the bills' locks: two lines may name the same refund at the same time.
    const all = await refunds()
    const total = all.reduce((sum, { amount_minor }) => sum + amount_minor, 0n)
    if (total !== -line.gross_minor || all.some(({ currency }) => currency !== line.currency)) return except(tx, line, 'amountDiffers', now)
    if (all.some(({ settled_at }) => settled_at !== null)) return except(tx, line, 'alreadySettled', now)
    const fees = apportion(
      line.fee_minor,
      all.map(({ amount_minor }) => amount_minor),
    )
    for (const [index, refund] of all.entries()) {
      const one = held.find(({ bill }) => bill.id === refund.bill_id)
      if (one !== undefined) settleRefund(tx, one, refund, { fee: fees[index] ?? 0n, line })
    }
    return book(tx, line, now)
  })
  return wakes
}

function settleRefund(tx: Tx, held: HeldBill, refund: RefundRow, { fee, line }: { fee: bigint; line: Line }): void {
  const { amount_minor: minor, currency } = refund
  send(tx, tx`update refunds set settled_at = ${line.settled_at} where id = ${refund.id}`)
  // Money that never fitted the bill never counted as settled on it, and neither does its way back.
  if (refund.from_allocation) {
    held.change({ settledMinor: held.bill.settledMinor - minor, refundSettledMinor: held.bill.refundSettledMinor + minor })
    held.feesMinor += fee
  }
  held.log('refundSettled', 'engine', { lineId: line.id, refundId: refund.id, amount: formatAmount({ minor, currency }), currency })
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

import type { Currency } from './currencies.ts'
import type { Money } from './money.ts'

/**
 * Double entries. The platform's operator collects and owes each institution (docs/adr): money captured lies with the
 * gateway (`gatewayClearing`) until the bank has it (`bank`), and is owed to the institution (`payable`), to the
 * citizen (`refundPayable`) or to nobody known yet (`suspense`).
 */
export const ACCOUNTS = ['bank', 'gatewayClearing', 'fees', 'payable', 'refundPayable', 'suspense'] as const
export type Account = (typeof ACCOUNTS)[number]

export interface Entry {
  readonly account: Account
  /** Whose account: a gateway's name, an institution's id, or empty. */
  readonly holder: string
  readonly billId: string | null
  readonly side: 'debit' | 'credit'
  /** Minor units, above zero. */
  readonly minor: bigint
}

/** What is booked of a bank's line beside payments and refunds; each at most once per line. */
export type BankMove = 'suspense' | 'payout' | 'sendBack' | 'sentBack'

export interface Posting {
  readonly kind: 'payment' | 'refund' | 'settlement' | BankMove
  readonly currency: Currency
  readonly entries: readonly Entry[]
}

const entry = (side: Entry['side'], account: Account, holder: string, minor: bigint, billId: string | null = null): Entry => ({
  account,
  holder,
  billId,
  side,
  minor,
})

/** @throws RangeError when debits and credits differ: a programmer's error, caught before the database sees it. */
function balanced(kind: Posting['kind'], currency: Currency, entries: readonly Entry[]): Posting {
  const kept = entries.filter(({ minor }) => minor !== 0n)
  const sum = kept.reduce((total, { side, minor }) => total + (side === 'debit' ? minor : -minor), 0n)
  if (sum !== 0n || kept.length < 2 || kept.some(({ minor }) => minor < 0n)) throw new RangeError(`a ${kind} posting does not balance`)
  return { kind, currency, entries: kept }
}

/**
 * Where money lies: with the gateway that took it, in the bank already (a transfer that the bank's statement shows), or in
 * the bank and held because nobody knew at first what it was.
 */
export interface MoneyAccount {
  readonly account: 'gatewayClearing' | 'bank' | 'suspense'
  /** The gateway's name; empty for what the bank itself has shown. */
  readonly holder: string
}

/** One bill's part of a payment: what the bill took, and what it did not and where that goes. */
export interface PostedPart {
  readonly institutionId: string
  readonly billId: string
  readonly allocated: bigint
  readonly excess: bigint
  readonly excessIs: 'refunded' | 'held' | null
}

/** Money in: the institutions are owed their parts, excess goes by its policy, and what no bill was meant to take (`unplaced`) is held. */
export function paymentPosting(into: MoneyAccount, total: Money, parts: readonly PostedPart[], unplaced: bigint): Posting {
  return balanced('payment', total.currency, [
    entry('debit', into.account, into.holder, total.minor),
    ...parts.map((part) => entry('credit', 'payable', part.institutionId, part.allocated, part.billId)),
    ...parts.map((part) => entry('credit', part.excessIs === 'held' ? 'suspense' : 'refundPayable', '', part.excess, part.billId)),
    entry('credit', 'suspense', '', unplaced),
  ])
}

/**
 * Money back: what was owed to the citizen, or to the institution that the money had been allocated to (`from`), is
 * gone, and so is the gateway's part of it.
 */
export const refundPosting = (
  gateway: string,
  currency: Currency,
  minor: bigint,
  from: { billId: string | null; institutionId: string | null },
): Posting =>
  balanced('refund', currency, [
    entry('debit', from.institutionId === null ? 'refundPayable' : 'payable', from.institutionId ?? '', minor, from.billId),
    entry('credit', 'gatewayClearing', gateway, minor),
  ])

/**
 * A line of the gateway's settlement file: gross leaves the gateway, net is on its way to the bank (`bank` of that gateway,
 * until the bank's statement shows the payout), the fee is the difference. Where the bank itself shows a payment, it lies
 * where the bank's line is (`into`).
 */
export function settlementPosting(
  gateway: string,
  currency: Currency,
  line: { gross: bigint; fee: bigint; net: bigint },
  into: MoneyAccount = { account: 'bank', holder: gateway },
): Posting {
  const sign = (minor: bigint, account: Account, holder: string): Entry =>
    entry(minor < 0n ? 'credit' : 'debit', account, holder, minor < 0n ? -minor : minor)
  return balanced('settlement', currency, [
    sign(line.net, into.account, into.holder),
    sign(line.fee, 'fees', gateway),
    sign(-line.gross, 'gatewayClearing', gateway),
  ])
}

/** A bank's line that is neither payment nor refund moves between two places; what went out of the bank goes the other way. */
export function bankPosting(
  kind: BankMove,
  amount: Money,
  to: { account: Account; holder: string },
  from: { account: Account; holder: string },
): Posting {
  const [debited, credited] = amount.minor < 0n ? [from, to] : [to, from]
  const minor = amount.minor < 0n ? -amount.minor : amount.minor
  return balanced(kind, amount.currency, [
    entry('debit', debited.account, debited.holder, minor),
    entry('credit', credited.account, credited.holder, minor),
  ])
}

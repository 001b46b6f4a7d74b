import type { Currency } from './currencies.ts'
import type { Money } from './money.ts'

/**
 * Double entries. The platform's operator collects and owes each institution (docs/adr): money captured lies with the
 * gateway (`gatewayClearing`) until the bank has it (`bank`), and is owed to the institution (`payable`), to the
 * citizen (`refundPayable`, or `citizenCredit` where it waits for the next bill) or to nobody known yet (`suspense`).
 */
export const ACCOUNTS = ['bank', 'gatewayClearing', 'fees', 'payable', 'refundPayable', 'citizenCredit', 'suspense'] as const
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
  readonly kind: 'payment' | 'refund' | 'settlement' | 'release' | BankMove
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

/** What becomes of money that a bill cannot take: it goes back, waits for somebody to decide, or for the citizen's next bill. */
export type Excess = 'refunded' | 'held' | 'credited'

/** One bill's part of a payment: what the bill took, and what it did not and where that goes. */
export interface PostedPart {
  readonly institutionId: string
  readonly billId: string
  readonly allocated: bigint
  readonly excess: bigint
  readonly excessIs: Excess | null
}

const EXCESS_ACCOUNTS: Readonly<Record<Excess, Account>> = { refunded: 'refundPayable', held: 'suspense', credited: 'citizenCredit' }
/** A credit is with one institution; what is held or goes back is nobody's in particular. */
const excessAccount = (excess: Excess, institutionId: string): { account: Account; holder: string } => ({
  account: EXCESS_ACCOUNTS[excess],
  holder: excess === 'credited' ? institutionId : '',
})

/** Money in: the institutions are owed their parts, excess goes by its policy, and what no bill was meant to take (`unplaced`) is held. */
export function paymentPosting(into: MoneyAccount, total: Money, parts: readonly PostedPart[], unplaced: bigint): Posting {
  return balanced('payment', total.currency, [
    entry('debit', into.account, into.holder, total.minor),
    ...parts.map((part) => entry('credit', 'payable', part.institutionId, part.allocated, part.billId)),
    ...parts.map((part) => {
      const { account, holder } = excessAccount(part.excessIs ?? 'refunded', part.institutionId)
      return entry('credit', account, holder, part.excess, part.billId)
    }),
    entry('credit', 'suspense', '', unplaced),
  ])
}

/**
 * Money back: what was owed to the citizen, or to the institution that the money had been allocated to (`from`), is
 * gone, and so is the gateway's part of it.
 */
export const refundPosting = (
  outOf: MoneyAccount,
  currency: Currency,
  minor: bigint,
  from: { billId: string | null; institutionId: string | null },
): Posting =>
  balanced('refund', currency, [
    entry('debit', from.institutionId === null ? 'refundPayable' : 'payable', from.institutionId ?? '', minor, from.billId),
    entry('credit', outOf.account, outOf.holder, minor),
  ])

/** Excess that was kept leaves its place: to a bill that takes it now, or back to the citizen (`to` null). */
export function releasePosting(
  currency: Currency,
  minor: bigint,
  from: { excess: 'held' | 'credited'; institutionId: string; billId: string },
  to: { billId: string; institutionId: string } | null,
): Posting {
  const { account, holder } = excessAccount(from.excess, from.institutionId)
  return balanced('release', currency, [
    entry('debit', account, holder, minor, from.billId),
    to === null ? entry('credit', 'refundPayable', '', minor, from.billId) : entry('credit', 'payable', to.institutionId, minor, to.billId),
  ])
}

/** What a bill took leaves it, as it asks for less now: it goes back, or is kept. */
export function tooMuchPosting(
  currency: Currency,
  minor: bigint,
  excess: Excess,
  from: { billId: string; institutionId: string },
): Posting {
  const { account, holder } = excessAccount(excess, from.institutionId)
  return balanced('release', currency, [
    entry('debit', 'payable', from.institutionId, minor, from.billId),
    entry('credit', account, holder, minor, from.billId),
  ])
}

/** Excess that was to go back is kept after all, where it was. */
export function keptAgainPosting(
  currency: Currency,
  minor: bigint,
  to: { excess: 'held' | 'credited'; institutionId: string; billId: string },
): Posting {
  const { account, holder } = excessAccount(to.excess, to.institutionId)
  return balanced('release', currency, [
    entry('debit', 'refundPayable', '', minor, to.billId),
    entry('credit', account, holder, minor, to.billId),
  ])
}

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

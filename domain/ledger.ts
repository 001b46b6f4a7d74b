import type { Currency } from './currencies.ts'

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

export interface Posting {
  readonly kind: 'payment' | 'refund' | 'settlement'
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

export interface AllocatedPart {
  readonly institutionId: string
  readonly billId: string
  readonly minor: bigint
}

/** Money in: the gateway has it, the institutions are owed their parts; what fits nowhere goes back or is held. */
export function paymentPosting(
  gateway: string,
  currency: Currency,
  total: bigint,
  parts: readonly AllocatedPart[],
  onExcess: readonly { minor: bigint; billId: string | null; hold: boolean }[],
): Posting {
  return balanced('payment', currency, [
    entry('debit', 'gatewayClearing', gateway, total),
    ...parts.map((part) => entry('credit', 'payable', part.institutionId, part.minor, part.billId)),
    ...onExcess.map(({ minor, billId, hold }) => entry('credit', hold ? 'suspense' : 'refundPayable', '', minor, billId)),
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

/** A line of the gateway's settlement file: gross leaves the gateway, net reaches the bank, the fee is the difference. */
export function settlementPosting(gateway: string, currency: Currency, line: { gross: bigint; fee: bigint; net: bigint }): Posting {
  const sign = (minor: bigint, account: Account, holder: string): Entry =>
    entry(minor < 0n ? 'credit' : 'debit', account, holder, minor < 0n ? -minor : minor)
  return balanced('settlement', currency, [
    sign(line.net, 'bank', ''),
    sign(line.fee, 'fees', gateway),
    sign(-line.gross, 'gatewayClearing', gateway),
  ])
}

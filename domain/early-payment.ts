import { type Bill, owedMinor, principalMinor } from './bill.ts'
import { servedAt } from './chain.ts'
import { deadline } from './due-date.ts'
import { percentOf } from './money.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'
import { isPayable } from './states/bill.ts'

/** What paying early saves on a bill. */
export interface EarlyOffer {
  /** Minor units, above zero. */
  readonly minor: bigint
  /** The last instant (milliseconds) of the offer; null while it has no end: service is not proven, or a pause is open. */
  readonly until: number | null
}

/** The offer that a bill carries, whether or not it is over; null where there is none, or it was taken already. */
export function earlyOffer(bill: Bill, policy: Policy): EarlyOffer | null {
  const { early } = policy
  if (early === undefined || !isPayable(bill.status) || bill.reducedMinor > 0n || bill.surcharges > 0) return null
  const percentage = percentOf(principalMinor(bill), early.percent, policy.rounding)
  const owed = owedMinor(bill)
  const minor = percentage < owed ? percentage : owed
  if (minor <= 0n) return null
  const anchor = early.from === 'service' ? servedAt(bill, policy) : (bill.issuedAt ?? bill.issueAt)
  return { minor, until: anchor === null ? null : deadline(anchor, early.within, policy, stoppedBy('due', bill, policy)) }
}

const isOpen = (offer: EarlyOffer, at: number): boolean => offer.until === null || at <= offer.until

/** What pays the bill in full at a moment (milliseconds): what is owed, less what paying early saves (minor units). */
export function settlesFor(bill: Bill, policy: Policy, at: number): bigint {
  const offer = earlyOffer(bill, policy)
  return owedMinor(bill) - (offer !== null && isOpen(offer, at) ? offer.minor : 0n)
}

/**
 * The reduction (minor units) that a payment earns, 0 for none: it has to come within the offer by its own time, like
 * every payment before it, and what is then paid has to reach the reduced amount.
 */
export function earnedReduction(bill: Bill, policy: Policy, payment: { readonly at: number; readonly minor: bigint }): bigint {
  const offer = earlyOffer(bill, policy)
  if (offer === null || !isOpen(offer, Math.max(payment.at, bill.paidAt ?? payment.at))) return 0n
  return payment.minor >= owedMinor(bill) - offer.minor ? offer.minor : 0n
}

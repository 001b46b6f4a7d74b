import type { Calendar } from './calendar.ts'
import type { Duration } from './duration.ts'
import type { Rounding, WireMoney } from './money.ts'
import type { EarlyRule, LateRule } from './fees.ts'

/** How far a channel's receipt has to go. The order is that of certainty. */
export const RECEIPT_LEVELS = ['accepted', 'delivered', 'read'] as const
export type ReceiptLevel = (typeof RECEIPT_LEVELS)[number]

/** One link of the delivery plan: a channel, and what happens when it stays silent. */
export interface ChainLink {
  /** Name of a channel's folder under `adapters/channels`. */
  readonly channel: string
  /** How long to wait for `until` before the next link is tried. */
  readonly wait: Duration
  /** The receipt that ends the chain. */
  readonly until: ReceiptLevel
  /** Which receipt proves service on this channel, where it is another than the policy's `proofOfService`. */
  readonly proof?: ReceiptLevel
  /** Left out for citizens who gave no address there. It is the channel's own word, noted when the policy is stored. */
  readonly needsAddress?: boolean
  /** Wakes nobody, so quiet hours do not hold it up. The channel's own word too. */
  readonly silent?: boolean
  /** What it has taken can be taken back for a while. The channel's own word too. */
  readonly recalls?: boolean
}

/** A reminder, counted from the due date: `before` it or `after` it. */
export interface ReminderRule {
  readonly when: 'before' | 'after'
  readonly offset: Duration
}

/** Clocks that a pause can stop. Inquiries, refunds under way and a checkout's expiry are never among them. */
export const CLOCKS = ['deliver', 'remind', 'due', 'surcharge', 'handBack'] as const
export type Clock = (typeof CLOCKS)[number]

/** It goes back, is held until somebody decides, or is kept as the citizen's credit for the next bill of the institution. */
export const ON_EXCESS = ['refund', 'hold', 'offset'] as const
export type OnExcess = (typeof ON_EXCESS)[number]

/**
 * The rules of one kind of bill of one institution. A policy is versioned: a bill keeps the version it was issued
 * under, so that a change never moves the dates of bills that citizens already hold.
 */
export interface Policy {
  readonly calendar: Calendar
  /** Ordered channels; a citizen's own preference moves that channel to the front. */
  readonly chain: readonly ChainLink[]
  /** Which receipt proves that the bill was served. */
  readonly proofOfService: ReceiptLevel
  /** The due date: counted from the issue, or from proof of service (Korea: 지방세기본법 송달). */
  readonly due: { readonly from: 'issue' | 'service'; readonly after: Duration }
  readonly reminders: readonly ReminderRule[]
  /** What being late costs. Nothing where it is left out. */
  readonly late?: LateRule
  /** What paying early saves. Nothing where it is left out. */
  readonly early?: EarlyRule
  /** After this time past the due date the bill is handed back to the institution as uncollected (or unserved). */
  readonly handBackAfter: Duration
  /** How long after its issue a bill may be paid here at all; without an end of its own it ends by `handBackAfter` alone. */
  readonly expiresAfter?: Duration
  /** A citizen who asks for a later due date gets it at once: so many days each time, so many times. */
  readonly extension?: { readonly byCitizen: { readonly days: number; readonly times: number } }
  /** A citizen may object for so long after the bill was served; objections are not foreseen where nothing is said. */
  readonly objection?: { readonly within: Duration }
  /** When settlement is expected after payment, how often it is asked for when late, and when a person must look. */
  readonly settlement: { readonly within: Duration; readonly askEvery: Duration; readonly exceptionAfter: Duration }
  /** How long a citizen has on the payment page, and how often the gateway is asked in between. */
  readonly checkout: { readonly expiresAfter: Duration; readonly askEvery: Duration }
  /** What happens to money beyond what is owed. */
  readonly onExcess: OnExcess
  /** A citizen may pay a part of a bill, of this much at least. Without it a bill is paid in full. */
  readonly partialPayments?: { readonly minimum: WireMoney }
  readonly pauseStops: readonly Clock[]
  /** What one delivery costs by channel, where the channel itself names no price. */
  readonly costs?: Readonly<Record<string, WireMoney>>
  /** What a registered letter would cost: the report compares with all bills sent that way. */
  readonly registeredLetter?: WireMoney
  /** How a percentage's fraction of a minor unit is settled. */
  readonly rounding: Rounding
}

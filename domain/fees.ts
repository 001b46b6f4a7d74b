import type { Duration } from './duration.ts'
import type { WireMoney } from './money.ts'

/** A percentage as a decimal string: `"3"`, `"0.66"`. */
export type Percent = string

/** How often a surcharge comes again: `P1M` is the same day of every further month. */
export type Period = Duration | 'P1M'

/** What being late costs, in percent of the principal that is unpaid at that moment. */
export interface LateRule {
  /** Taken once, as soon as the due date has passed. */
  readonly once: Percent
  readonly again?: {
    readonly percent: Percent
    /** Counted from the due date. A part of a period costs nothing. */
    readonly every: Period
    /** How many times at most. */
    readonly times: number
    /** Only where at least this much of the principal is unpaid. */
    readonly principalFrom?: WireMoney
  }
  /** All surcharges of a bill together are at most this percentage of its principal. */
  readonly cap?: Percent
}

/** What paying early saves, in percent of the principal. */
export interface EarlyRule {
  readonly percent: Percent
  /** How long the offer stands, by the payment's own time. */
  readonly within: Duration
  /** Counted from the issue, or from proof of service: until that is there, the offer stands without an end. */
  readonly from: 'issue' | 'service'
}

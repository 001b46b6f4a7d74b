import type { Currency } from './currencies.ts'
import type { Pause } from './own-time.ts'
import { type BillStatus, isFinalStatus } from './states/bill.ts'
import type { DeliveryState } from './states/delivery.ts'
import type { RefundState } from './states/refund.ts'
import type { ReturnReason } from './return-reason.ts'

/** `refundAccount` asks for an account where a refund has no other way. */
export const DELIVERY_PURPOSES = ['notice', 'reminder', 'refundAccount'] as const
export type DeliveryPurpose = (typeof DELIVERY_PURPOSES)[number]

/** One notice on one channel. Times are milliseconds, by the channel's clock where it reports one. */
export interface Delivery {
  /**
   * `notice:<channel>` or `reminder:<n>`, with the revision behind it where there is more than one, and `#2` and so on where
   * it is sent there again, or `refundAccount:<refund>:<attempt>`: unique within the bill, and what makes a repetition the
   * same delivery.
   */
  readonly key: string
  readonly purpose: DeliveryPurpose
  readonly channel: string
  readonly state: DeliveryState
  readonly attemptedAt: number
  readonly acceptedAt: number | null
  readonly deliveredAt: number | null
  readonly readAt: number | null
  /** When it turned out that this delivery comes to nothing: unreachable, failed, stopped, recalled or returned. */
  readonly endedAt: number | null
  /** The channel was asked to take it back, and could not or did not know it. */
  readonly recallAsked?: boolean
  readonly returnReason?: ReturnReason | null
  /** Somebody decided at this time (milliseconds) that what came back is sent again. */
  readonly resendAt?: number | null
  /** A person was asked what to do about its return. */
  readonly taskOpened?: boolean
}

export interface OpenRefund {
  readonly id: string
  readonly state: RefundState
  /** Counted up with every account that the citizen gives. */
  readonly attempt: number
}

/**
 * What the plan knows of a bill: recorded facts only. Amounts are minor units; their sums are kept on the bill's row
 * under a check constraint, `owed = charged - (paid - refunded) - writtenOff - cancelled`, never below zero.
 */
export interface Bill {
  readonly id: string
  readonly status: BillStatus
  readonly currency: Currency
  /** False for a notice that only informs: it is delivered, proven and concluded, and never paid. */
  readonly asksMoney: boolean
  /** Nothing is sent before this time (milliseconds): the institution's date of issue. */
  readonly issueAt: number
  readonly issuedAt: number | null
  /** A due date that the institution fixed itself (`YYYY-MM-DD`); otherwise the policy counts one. */
  readonly dueDate: string | null
  /** When the institution moved the due date (an extension, an amendment), from where `dueDate` then counts; null while it stands as received. */
  readonly dueFixedAt: number | null
  /** How many due dates there have been, this one included: each has reminders of its own. */
  readonly dueRevision: number
  /** The last day on which the bill may be paid here (`YYYY-MM-DD`), where the institution named one. */
  readonly validUntil: string | null
  /** The revision of the bill that its notices show now: above one where an amendment is served again. */
  readonly noticeRevision: number
  /** From when the notices of that revision count; null: from the issue. */
  readonly noticesFrom: number | null
  /** Channels in the citizen's own order of preference. */
  readonly preferredChannels: readonly string[]
  /** Channels on which the citizen has an address. */
  readonly addressedChannels: readonly string[]
  /** IANA zone in which the citizen wants to be left alone at night; the institution's where there is none. */
  readonly citizenZone?: string | null
  /** What the bill asks for in all: as issued or amended, with its surcharges, less its reductions. */
  readonly chargedMinor: bigint
  /** How much of `chargedMinor` are surcharges for being late, less those taken back again. */
  readonly surchargedMinor: bigint
  /** What was taken off because it was paid early. */
  readonly reducedMinor: bigint
  /** How many surcharges were taken so far: the number of the last one. */
  readonly surcharges: number
  readonly paidMinor: bigint
  readonly refundedMinor: bigint
  readonly writtenOffMinor: bigint
  readonly cancelledMinor: bigint
  readonly settledMinor: bigint
  /** What a settlement has shown of the refunds: `settledMinor` is already without it. */
  readonly refundSettledMinor: bigint
  /** The citizen's credit with this institution, in this currency, that any of the open bills may take. */
  readonly creditMinor: bigint
  /** The latest payment's own time, by the gateway or bank. */
  readonly paidAt: number | null
  /** A checkout holds the bill: it is neither reminded nor handed back until the gateway has answered. */
  readonly checkoutOpen: boolean
  /** That checkout asks for an amount which is no longer the bill's: it is ended at the gateway. */
  readonly checkoutStale: boolean
  /** How often the settlement was asked for since the latest payment. */
  readonly settlementAsks: number
  readonly exceptionOpen: boolean
  readonly pauses: readonly Pause[]
  readonly deliveries: readonly Delivery[]
  readonly refunds: readonly OpenRefund[]
}

export const owedMinor = (
  bill: Pick<Bill, 'chargedMinor' | 'paidMinor' | 'refundedMinor' | 'writtenOffMinor' | 'cancelledMinor'>,
): bigint => bill.chargedMinor - (bill.paidMinor - bill.refundedMinor) - bill.writtenOffMinor - bill.cancelledMinor

/** Everything that was ever paid on the bill has reached the bank. */
export const isInBank = ({
  settledMinor,
  refundSettledMinor,
  paidMinor,
}: Pick<Bill, 'settledMinor' | 'refundSettledMinor' | 'paidMinor'>): boolean => settledMinor + refundSettledMinor >= paidMinor

/** What was billed before any surcharge or reduction, in minor units: percentages are taken of it. */
export const principalMinor = (bill: Pick<Bill, 'chargedMinor' | 'surchargedMinor' | 'reducedMinor'>): bigint =>
  bill.chargedMinor - bill.surchargedMinor + bill.reducedMinor

/**
 * What of the principal is still unpaid. A payment counts for the principal first and for surcharges after it, so that
 * paying what was billed stops every further surcharge (Korea: 지방세징수법 제4조, the order of appropriation).
 */
export function unpaidPrincipalMinor(bill: Bill): bigint {
  const left = principalMinor(bill) - bill.reducedMinor - (bill.paidMinor - bill.refundedMinor)
  const owed = owedMinor(bill)
  const unpaid = left < owed ? left : owed
  return unpaid > 0n ? unpaid : 0n
}

/** A final bill has no clocks left that could stand still, though its pause was never ended. */
export const isPaused = ({ status, pauses }: Pick<Bill, 'status' | 'pauses'>): boolean =>
  !isFinalStatus(status) && pauses.some(({ until }) => until === null)

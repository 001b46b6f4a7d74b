import type { Bill, Delivery } from './bill.ts'

/** Why a letter came back. */
export const RETURN_REASONS = ['moved', 'unknown', 'refused', 'deceased', 'insufficientAddress'] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]

/** Reasons that speak against the address itself: nothing more is sent there. Who refuses a letter lives where it went. */
export const disprovesAddress = (reason: ReturnReason): boolean => reason !== 'refused'

/** A letter that came back and that nobody has decided to send again. */
export const isUndecided = ({ state, resendAt }: Delivery): boolean => state === 'returned' && (resendAt ?? null) === null

/** When a letter came back because the citizen has died (milliseconds): no other channel is tried, a person decides. Null otherwise. */
export function deceasedSince(bill: Pick<Bill, 'deliveries'>): number | null {
  const times = bill.deliveries
    .filter((delivery) => isUndecided(delivery) && delivery.returnReason === 'deceased')
    .map(({ endedAt }) => endedAt ?? 0)
  return times.length === 0 ? null : Math.min(...times)
}

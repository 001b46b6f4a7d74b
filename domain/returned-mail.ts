import type { Bill, Delivery } from './bill.ts'

/** A letter that came back and that nobody has decided to send again. */
export const isUndecided = ({ state, resendAt }: Delivery): boolean => state === 'returned' && (resendAt ?? null) === null

/** When a letter came back because the citizen has died (milliseconds): no other channel is tried, a person decides. Null otherwise. */
export function deceasedSince(bill: Pick<Bill, 'deliveries'>): number | null {
  const times = bill.deliveries
    .filter((delivery) => isUndecided(delivery) && delivery.returnReason === 'deceased')
    .map(({ endedAt }) => endedAt ?? 0)
  return times.length === 0 ? null : Math.min(...times)
}

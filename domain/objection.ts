import type { Bill } from './bill.ts'
import { servedAt } from './chain.ts'
import { endAfter } from './end-after.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'

/**
 * Until when a citizen may object (milliseconds), counted from proof of service like a due date; null where the time has
 * not begun, or a pause keeps its end from coming.
 */
export function objectionUntil(bill: Bill, policy: Policy): number | null {
  const served = servedAt(bill, policy)
  if (policy.objection === undefined || served === null) return null
  return endAfter(served, policy.objection.within, policy.calendar.zone, stoppedBy('due', bill, policy))
}

/** Is the time in which a citizen may object over at this moment? */
export const isTooLateToObject = (bill: Bill, policy: Policy, at: number): boolean => (objectionUntil(bill, policy) ?? Infinity) < at

import type { Bill } from './bill.ts'
import { addDays, endOfDay, localParts } from './calendar.ts'
import { dueAnchor, dueAt } from './due-date.ts'
import { DAY_MS, durationMs, isCalendarDays } from './duration.ts'
import { after } from './own-time.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'

/**
 * The last instant (milliseconds) at which the bill may be paid here, in its own time; null where it has no end, or while
 * a pause keeps it from coming. It is never before the due date, which may move later.
 */
export function expiresAt(bill: Bill, policy: Policy): number | null {
  const end = ownEnd(bill, policy)
  if (end === null || dueAnchor(bill, policy) === null) return end
  const due = dueAt(bill, policy)
  return due === null ? null : Math.max(end, due)
}

function ownEnd(bill: Bill, policy: Policy): number | null {
  const issued = bill.issuedAt ?? bill.issueAt
  const pauses = stoppedBy('handBack', bill, policy)
  const { zone } = policy.calendar
  if (bill.validUntil !== null) return after(issued, Math.max(0, endOfDay(bill.validUntil, zone) - issued), pauses)
  if (policy.expiresAfter === undefined) return null
  const length = durationMs(policy.expiresAfter)
  if (!isCalendarDays(policy.expiresAfter)) return after(issued, length, pauses)
  return after(issued, endOfDay(addDays(localParts(issued, zone).date, length / DAY_MS), zone) - issued, pauses)
}

import type { Bill } from './bill.ts'
import { endOfDay } from './calendar.ts'
import { dueAnchor, dueAt } from './due-date.ts'
import { endAfter } from './end-after.ts'
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
  return policy.expiresAfter === undefined ? null : endAfter(issued, policy.expiresAfter, zone, pauses)
}

import type { Bill } from './bill.ts'
import { dueDay, endOfDay, localParts } from './calendar.ts'
import { servedAt } from './chain.ts'
import { durationMs, isCalendarDays } from './duration.ts'
import { after } from './own-time.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'

/** The end (milliseconds) of the local day that `at` falls on, or of the next business day where the calendar says so. */
const endOfDueDay = (at: number, policy: Policy): number =>
  endOfDay(dueDay(localParts(at, policy.calendar.zone).date, policy.calendar), policy.calendar.zone)

/** From when the due date counts: the issue, or proof of service where the policy says so (N1); null while unknown. */
export const dueAnchor = (bill: Bill, policy: Policy): number | null =>
  policy.due.from === 'service' && bill.dueDate === null ? servedAt(bill, policy) : (bill.issuedAt ?? bill.issueAt)

/**
 * The last instant (milliseconds) at which the bill is paid in time; null while service is not proven or a pause is
 * open. Counted in the bill's own time first, then moved by the calendar, so a pause never costs the citizen a day.
 */
export function dueAt(bill: Bill, policy: Policy): number | null {
  const anchor = dueAnchor(bill, policy)
  if (anchor === null) return null
  const pauses = stoppedBy('due', bill, policy)
  if (bill.dueDate !== null) {
    const span = Math.max(0, endOfDay(bill.dueDate, policy.calendar.zone) - anchor)
    const at = after(anchor, span, pauses)
    return at === null ? null : endOfDueDay(at, policy)
  }
  const at = after(anchor, durationMs(policy.due.after), pauses)
  if (at === null) return null
  return isCalendarDays(policy.due.after) ? endOfDueDay(at, policy) : at
}

import type { Bill } from './bill.ts'
import { dayAfter, dueDay, endOfDay, localParts } from './calendar.ts'
import { servedAt } from './chain.ts'
import { DAY_MS, type Duration, durationMs, isCalendarDays } from './duration.ts'
import { after, type Pause } from './own-time.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'

/**
 * From when the due date counts: the moment it was moved; else the issue, or proof of service where the policy says so
 * (N1). Null while unknown.
 */
export const dueAnchor = (bill: Bill, policy: Policy): number | null =>
  bill.dueFixedAt ?? (policy.due.from === 'service' && bill.dueDate === null ? servedAt(bill, policy) : (bill.issuedAt ?? bill.issueAt))

/**
 * The last instant (milliseconds) at which the bill is paid in time; null while service is not proven or a pause is
 * open. Counted in the bill's own time first, then moved by the calendar, so a pause never costs the citizen a day.
 */
export function dueAt(bill: Bill, policy: Policy): number | null {
  const anchor = dueAnchor(bill, policy)
  if (anchor === null) return null
  const pauses = stoppedBy('due', bill, policy)
  return bill.dueDate === null ? deadline(anchor, policy.due.after, policy, pauses) : endOfDate(anchor, bill.dueDate, policy, pauses)
}

/**
 * The last instant (milliseconds) of a span since `anchor`: an exact time, or the end of the local day on which that
 * number of days has passed, however long each of them is. Null while a pause is open.
 */
export function deadline(anchor: number, span: Duration, policy: Policy, pauses: readonly Pause[]): number | null {
  if (!isCalendarDays(span)) return after(anchor, durationMs(span), pauses)
  return endOfDate(anchor, dayAfter(anchor, durationMs(span) / DAY_MS, policy.calendar.zone), policy, pauses)
}

const endOfDate = (anchor: number, date: string, policy: Policy, pauses: readonly Pause[]): number | null =>
  endOfDueDay(after(anchor, Math.max(0, endOfDay(date, policy.calendar.zone) - anchor), pauses), policy, pauses)

/**
 * The end of the local day that `at` falls on, or of the next business day where the calendar says so. A pause that
 * begins between the two stops this stretch too.
 */
function endOfDueDay(at: number | null, policy: Policy, pauses: readonly Pause[]): number | null {
  if (at === null) return null
  const { calendar } = policy
  const end = endOfDay(dueDay(localParts(at, calendar.zone).date, calendar), calendar.zone)
  const moved = after(at, end - at, pauses)
  return moved === end ? end : endOfDueDay(moved, policy, pauses)
}

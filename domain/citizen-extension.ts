import type { Bill } from './bill.ts'
import { isPaused } from './bill.ts'
import { addDays, localParts } from './calendar.ts'
import { dueAt } from './due-date.ts'
import type { Policy } from './policy.ts'

/**
 * The due date (`YYYY-MM-DD`) that a citizen who asks gets at once by the policy, or null where there is none to be had:
 * not foreseen, asked for often enough, too late, or on hold. `granted`: how often the citizen got one before.
 */
export function citizenExtension(bill: Bill, policy: Policy, granted: number, now: number): string | null {
  const limits = policy.extension?.byCitizen
  const open = bill.asksMoney && (bill.status === 'issued' || bill.status === 'delivered') && !isPaused(bill)
  if (limits === undefined || granted >= limits.times || !open) return null
  const due = dueAt(bill, policy)
  if (due === null || due < now) return null
  return addDays(localParts(due, policy.calendar.zone).date, limits.days)
}

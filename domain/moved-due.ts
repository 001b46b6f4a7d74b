import type { Bill } from './bill.ts'
import { dueAt } from './due-date.ts'
import type { Policy } from './policy.ts'

/** The bill with another due date: it counts from `now`, in the bill's own time, and has reminders of its own. */
export const withDueDate = (bill: Bill, dueDate: string, now: number): Bill => ({
  ...bill,
  dueDate,
  dueFixedAt: now,
  dueRevision: bill.dueRevision + 1,
})

/** The last instant to pay in time if an open pause ended now (milliseconds); null while service is not proven. */
export const dueIfResumed = (bill: Bill, policy: Policy, now: number): number | null =>
  dueAt({ ...bill, pauses: bill.pauses.map(({ from, until }) => ({ from, until: until ?? Math.max(now, from) })) }, policy)

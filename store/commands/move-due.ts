import { servedAt } from '../../domain/chain.ts'
import { endOfDay } from '../../domain/calendar.ts'
import { dueAt } from '../../domain/due-date.ts'
import { invalid } from '../../domain/errors.ts'
import { withDueDate } from '../../domain/moved-due.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { takeAllSurchargesBack } from './fees.ts'

/**
 * Moves the due date of a held bill. An overdue bill whose new date lies ahead is no longer overdue, and what it was charged
 * for being late is taken back. Answers what the date was before: null where none can be named yet.
 * @throws GojiError `due_date_past` (invalid).
 */
export async function moveDue(tx: Tx, held: HeldBill, dueDate: string, now: number): Promise<number | null> {
  const before = dueAt(held.bill, held.policy)
  if (endOfDay(dueDate, held.policy.calendar.zone) < now)
    throw invalid('due_date_past', 'The due date has passed. Give a later one.', '/dueDate')
  held.change(withDueDate(held.bill, dueDate, now))
  if (held.bill.status === 'overdue') held.move(servedAt(held.bill, held.policy) === null ? 'extendUnserved' : 'extend')
  if (held.bill.surcharges > 0) await takeAllSurchargesBack(tx, held, now)
  // The next step may be another one, and operators search by the date all the same.
  held.mustWake = true
  return before
}

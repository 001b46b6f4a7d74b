import type { Queryable } from '../connection.ts'

/** What should have moved and did not. Times are milliseconds, null where there is nothing. */
export interface Backlog {
  readonly unapplied: number
  readonly oldest_unapplied: number | null
  readonly overdue_wakes: number
  readonly oldest_wake: number | null
  readonly exceptions: number
  readonly oldest_exception: number | null
}

/** Facts that no run has read, open bills whose time to look again is past by a grace (milliseconds), and open exceptions. */
export async function readBacklog(sql: Queryable, now: number, grace: number): Promise<Backlog> {
  const [row] = await sql<Backlog[]>`
    select f.count as unapplied, f.oldest as oldest_unapplied, w.count as overdue_wakes, w.oldest as oldest_wake,
      e.count + l.count as exceptions, least(e.oldest, l.oldest) as oldest_exception
    from (select count(*)::int, min(recorded_at) as oldest from facts where applied_at is null) f,
      (select count(*)::int, min(wake_at) as oldest from bills where stage <> 'closed' and wake_at < ${now - grace}) w,
      (select count(*)::int, min(opened_at) as oldest from exceptions where closed_at is null) e,
      (select count(*)::int, min(opened_at) as oldest from statement_lines where state = 'exception') l`
  if (!row) throw new Error('the database answered nothing')
  return row
}

import type { Queryable } from '../connection.ts'
import { oneOf } from '../unit/one-of.ts'
import type { Wake } from '../unit/with-bills.ts'

/**
 * Facts of these bills that no run has read yet, the oldest first. Ordered here: the database would take an order by time
 * as a reason to walk the unread facts of all bills.
 */
export async function unappliedOf(sql: Queryable, billIds: readonly string[]): Promise<Wake[]> {
  const rows = await sql<{ id: string; bill_id: string; kind: string; line: string; recorded_at: number }[]>`
    select id, bill_id, kind, line, recorded_at from facts f where applied_at is null and ${oneOf(sql, 'f.bill_id', billIds)}`
  return rows
    .toSorted((one, other) => one.recorded_at - other.recorded_at)
    .map((row) => ({ billId: row.bill_id, kind: row.kind, factId: row.id, line: row.line }))
}

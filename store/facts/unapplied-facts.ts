import type { Queryable } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'

/** Facts that no run has read yet although they were recorded before `before` (milliseconds), the oldest first. */
export async function unappliedFacts(sql: Queryable, before: number, limit: number): Promise<Wake[]> {
  const rows = await sql<{ id: string; bill_id: string; kind: string; line: string }[]>`
    select id, bill_id, kind, line from facts where applied_at is null and recorded_at < ${before} order by recorded_at limit ${limit}`
  return rows.map((row) => ({ billId: row.bill_id, kind: row.kind, factId: row.id, line: row.line }))
}

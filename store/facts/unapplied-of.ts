import type { Queryable } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'

/** Facts of these bills that no run has read yet. */
export async function unappliedOf(sql: Queryable, billIds: readonly string[]): Promise<Wake[]> {
  const rows = await sql<{ id: string; bill_id: string; kind: string; line: string }[]>`
    select id, bill_id, kind, line from facts where applied_at is null and bill_id = any(${billIds as string[]}) order by recorded_at`
  return rows.map((row) => ({ billId: row.bill_id, kind: row.kind, factId: row.id, line: row.line }))
}

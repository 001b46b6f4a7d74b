import type { Queryable } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'

/**
 * Facts that no run has read yet although they were recorded a grace (milliseconds) ago, the oldest first. Each time one is
 * found its next turn is put off twice as long, up to 64 times the grace: Temporal takes ten thousand signals for a run,
 * and a bill that nobody can read for days must not use them up.
 */
export async function unappliedFacts(sql: Queryable, now: number, options: { grace: number; limit: number }): Promise<Wake[]> {
  const rows = await sql<{ id: string; bill_id: string; kind: string; line: string }[]>`
    with found as (
      update facts set relays = relays + 1, relayed_at = ${now}
      where id in (
        select id from facts
        where applied_at is null
          and coalesce(relayed_at, recorded_at) + make_interval(secs => ${options.grace / 1000}::double precision * power(2, least(relays, 6))) < ${now}
        order by recorded_at limit ${options.limit} for update skip locked)
      returning id, bill_id, kind, line, recorded_at)
    select id, bill_id, kind, line from found order by recorded_at`
  return rows.map((row) => ({ billId: row.bill_id, kind: row.kind, factId: row.id, line: row.line }))
}

import type { Sql } from '../connection.ts'

const WINDOW_MS = 15 * 60_000
/** Keys are long random texts that nobody guesses; the limit keeps a script from trying all the same. */
export const REFUSALS_MAX = 10

/** Whether a network has tried too many wrong keys lately. */
export async function isRefusedTooOften(sql: Sql, networkHash: Buffer, now: number): Promise<boolean> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from console_refusals where network_hash = ${networkHash} and at > ${now - WINDOW_MS}`
  return (row?.count ?? 0) >= REFUSALS_MAX
}

/** Counts a wrong key, and forgets those that count no longer. */
export async function countRefusal(sql: Sql, networkHash: Buffer, now: number): Promise<void> {
  await sql`
    with old as (delete from console_refusals where at <= ${now - WINDOW_MS})
    insert into console_refusals (network_hash, at) values (${networkHash}, ${now})`
}

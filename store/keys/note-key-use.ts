import type { Sql } from '../connection.ts'

/** To the minute is enough to see which key is still in use, and spares a write with every request. */
const EXACT_MS = 60_000

/** Remembers that a key was used. */
export async function noteKeyUse(sql: Sql, id: string, now: number): Promise<void> {
  await sql`
    update api_keys set last_used_at = ${now}
    where id = ${id} and (last_used_at is null or last_used_at <= ${now - EXACT_MS})`
}

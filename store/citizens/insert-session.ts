import type { Queryable } from '../connection.ts'

/** Opens a session. Only the hash of its token is kept, so whoever reads the table cannot use one. */
export async function insertSession(
  sql: Queryable,
  session: { hash: Buffer; citizenId: string; expiresAt: number },
  now: number,
): Promise<void> {
  await sql`
    with expired as (delete from citizen_sessions where expires_at < ${now})
    insert into citizen_sessions (hash, citizen_id, created_at, expires_at) values (${session.hash}, ${session.citizenId}, ${now}, ${session.expiresAt})`
}

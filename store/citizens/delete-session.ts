import type { Queryable } from '../connection.ts'

export async function deleteSession(sql: Queryable, hash: Buffer): Promise<void> {
  await sql`delete from citizen_sessions where hash = ${hash}`
}

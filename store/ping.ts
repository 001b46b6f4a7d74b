import type { Queryable } from './connection.ts'

/** Answers when the database does. */
export async function ping(sql: Queryable): Promise<void> {
  await sql`select 1`
}

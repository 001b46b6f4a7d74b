import type { Queryable } from '../connection.ts'

/** Which of these deliveries go by a channel: whatever ids its messages name, it speaks of its own only. */
export async function deliveriesOfChannel(sql: Queryable, channel: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`select id from deliveries where id = any(${ids as string[]}) and channel = ${channel}`
  return new Set(rows.map(({ id }) => id))
}

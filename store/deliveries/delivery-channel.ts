import type { Queryable } from '../connection.ts'

/** The channel that a delivery goes by, or null where there is no such delivery. */
export async function deliveryChannel(sql: Queryable, deliveryId: string): Promise<string | null> {
  const [row] = await sql<{ channel: string }[]>`select channel from deliveries where id = ${deliveryId}`
  return row?.channel ?? null
}

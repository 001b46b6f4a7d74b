import type { Queryable } from '../connection.ts'

/** The gateway that a checkout is paid at, or null where there is no such checkout. */
export async function checkoutGateway(sql: Queryable, checkoutId: string): Promise<string | null> {
  const [row] = await sql<{ gateway: string }[]>`select gateway from checkouts where id = ${checkoutId}`
  return row?.gateway ?? null
}

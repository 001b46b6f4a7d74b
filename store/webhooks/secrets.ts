import type { Queryable } from '../connection.ts'

/** The encrypted secrets of an endpoint that sign at `now`, the newest first. */
export async function secretsInForce(sql: Queryable, endpointId: string, now: number): Promise<Buffer[]> {
  const rows = await sql<{ sealed: Buffer }[]>`
    select sealed from webhook_secrets where endpoint_id = ${endpointId} and (expires_at is null or expires_at > ${now}) order by number desc`
  return rows.map(({ sealed }) => sealed)
}

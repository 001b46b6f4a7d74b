import type { Sql } from '../connection.ts'

export interface Taking {
  /** What is limited, by an id or a keyed hash: nothing personal. */
  readonly bucket: string
  /** End of the window that is counted (milliseconds). Clocks that differ count windows of their own. */
  readonly endsAt: number
  readonly points: number
  /** Points of one window, for all processes together. */
  readonly limit: number
}

/** Takes points out of a window and answers how many of them were left to take. */
export async function takePoints(sql: Sql, { bucket, endsAt, points, limit }: Taking): Promise<number> {
  const [row] = await sql<{ used: number }[]>`
    insert into rate_limits (bucket, ends_at, used) values (${bucket}, ${endsAt}, ${points})
    on conflict (bucket, ends_at) do update set used = least(rate_limits.used::bigint + excluded.used, 2000000000)::integer
    returning used`
  return Math.max(0, Math.min(points, limit - ((row?.used ?? 0) - points)))
}

import type { Sql } from '../connection.ts'

/** Removes windows that ended before a time. Rows that another process removes at this moment are left to it. */
export async function forgetWindows(sql: Sql, before: number): Promise<void> {
  await sql`
    with old as (select bucket, ends_at from rate_limits where ends_at < ${before} limit 10000 for update skip locked)
    delete from rate_limits using old where rate_limits.bucket = old.bucket and rate_limits.ends_at = old.ends_at`
}

import type { Queryable } from '../connection.ts'

export interface OpenExceptions {
  kind: string
  items: number
  /** Milliseconds. */
  oldest: number
}

/** Of more than this many the oldest are counted. */
const COUNTED_MAX = 10_000

/** What somebody has to look at, by kind, with the oldest of each. */
export const openExceptions = (sql: Queryable): Promise<OpenExceptions[]> =>
  sql<OpenExceptions[]>`
    select kind, count(*)::int as items, min(opened_at) as oldest
    from (select kind, opened_at from exceptions where closed_at is null order by opened_at limit ${COUNTED_MAX}) x group by 1`

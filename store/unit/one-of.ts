import type { PendingQuery, Row } from 'postgres'
import type { Queryable } from '../connection.ts'

/**
 * The condition that a column is one of these ids. The database keeps one plan for a comparison with one id; for a list,
 * whose length it does not know, it plans anew each time, which costs it more than reading the row.
 */
export const oneOf = (sql: Queryable, column: string, ids: readonly string[]): PendingQuery<Row[]> =>
  ids.length === 1 ? sql`${sql(column)} = ${ids[0] as string}` : sql`${sql(column)} = any(${ids as string[]})`

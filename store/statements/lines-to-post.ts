import type { Queryable } from '../connection.ts'

/** Ids of the next lines that are not booked yet, in the file's order. */
export async function linesToPost(sql: Queryable, statementId: string, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from statement_lines where statement_id = ${statementId} and state = 'received' order by seq limit ${limit}`
  return rows.map(({ id }) => id)
}

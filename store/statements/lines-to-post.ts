import type { Queryable } from '../connection.ts'

/** Ids of the next lines that are not booked yet, in the file's order. */
export async function linesToPost(sql: Queryable, statementId: string, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from statement_lines where statement_id = ${statementId} and state = 'received' order by seq limit ${limit}`
  return rows.map(({ id }) => id)
}

/**
 * Ids of lines that earlier files of the same gateway left as exceptions because what they name was not there: it may be
 * by now. What a person has to decide is not tried again.
 */
export async function linesToTryAgain(sql: Queryable, statementId: string, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from statement_lines where state = 'exception' and reason in ('paymentUnknown', 'refundUnknown', 'referenceUnknown', 'debitUnknown', 'booksRefused')
      and gateway = (select gateway from statements where id = ${statementId}) and statement_id <> ${statementId} order by opened_at limit ${limit}`
  return rows.map(({ id }) => id)
}

import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'

/** A line that nobody could place yet. */
export interface ExceptionLine {
  id: string
  seq: number
  line_reference: string
  kind: 'payment' | 'refund' | 'credit' | 'debit'
  subject_reference: string
  currency: Currency
  gross_minor: bigint
  reason: string
  owner: string
  opened_at: number
}

/** The first lines of a statement that are exceptions, in the file's order. */
export const statementExceptions = (sql: Queryable, statementId: string, limit: number): Promise<ExceptionLine[]> =>
  sql<ExceptionLine[]>`
    select id, seq, line_reference, kind, subject_reference, currency, gross_minor, reason, owner, opened_at
    from statement_lines where statement_id = ${statementId} and state = 'exception' order by seq limit ${limit}`

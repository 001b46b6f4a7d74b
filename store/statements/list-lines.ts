import type { Currency } from '../../domain/currencies.ts'
import type { LineState } from '../../domain/states/statement-line.ts'
import type { Queryable } from '../connection.ts'

export interface LineRow {
  id: string
  seq: number
  line_reference: string
  kind: 'payment' | 'refund' | 'credit' | 'debit'
  subject_reference: string
  currency: Currency
  gross_minor: bigint
  fee_minor: bigint
  settled_at: number
  state: LineState
  reason: string | null
  rule: string | null
  payment_id: string | null
  refund_id: string | null
}

/** A statement's lines in the file's order, from the one after `after`, of one state where one is named. */
export const listLines = (
  sql: Queryable,
  statementId: string,
  page: { state: LineState | undefined; after: number | null; limit: number },
): Promise<LineRow[]> => sql<LineRow[]>`
  select id, seq, line_reference, kind, subject_reference, currency, gross_minor, fee_minor, settled_at, state, reason, rule, payment_id, refund_id
  from statement_lines where statement_id = ${statementId} and seq > ${page.after ?? 0} and ${page.state === undefined ? sql`true` : sql`state = ${page.state}`}
  order by seq limit ${page.limit}`

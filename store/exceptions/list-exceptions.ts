import type { Currency } from '../../domain/currencies.ts'
import type { LineState } from '../../domain/states/statement-line.ts'
import type { Queryable } from '../connection.ts'
import type { Owner } from '../owner.ts'

/** Something that no rule can end: a line, a payment, a settlement or a letter that somebody has to look at. */
export interface ExceptionRow {
  id: string
  kind: string
  reason: string | null
  owner: string
  subject_id: string
  institution_id: string | null
  bill_id: string | null
  bill_number: string | null
  opened_at: number
  closed_at: number | null
  closed_by: string | null
  outcome: string | null
  note: string | null
  line_id: string | null
  line_state: LineState | null
  line_kind: 'payment' | 'refund' | 'credit' | 'debit' | null
  statement_id: string | null
  gateway: string | null
  subject_reference: string | null
  currency: Currency | null
  gross_minor: bigint | null
  settled_at: number | null
  refs: string[] | null
  text: string | null
  payer_name: string | null
  payer_account: string | null
}

export interface ExceptionFilter {
  readonly kind?: string | undefined
  readonly owner?: string | undefined
  readonly open?: boolean | undefined
  /** Opened before this time, in milliseconds. */
  readonly openedBefore?: number | undefined
  readonly id?: string | undefined
}

/**
 * Exceptions, the oldest first: the one that waited longest is the next to look at. An institution sees those of its bills;
 * lines that belong to no bill yet are the platform's.
 */
export function listExceptions(
  sql: Queryable,
  { institutionId, mode }: Owner,
  filter: ExceptionFilter,
  page: { after: string | null; limit: number },
): Promise<ExceptionRow[]> {
  const { kind, owner, open, openedBefore, id } = filter
  return sql<ExceptionRow[]>`
    select e.id, e.kind, e.reason, e.owner, e.subject_id, e.institution_id, e.bill_id, b.bill_number, e.opened_at, e.closed_at, e.closed_by, e.outcome, e.note,
      e.line_id, l.state as line_state, l.kind as line_kind, l.statement_id, l.gateway, l.subject_reference, l.currency, l.gross_minor, l.settled_at,
      k.refs, k.text, k.payer_name, k.payer_account
    from exceptions e left join bills b on b.id = e.bill_id left join statement_lines l on l.id = e.line_id left join bank_lines k on k.line_id = e.line_id
    where ${institutionId === null ? sql`(b.id is null or b.mode = ${mode})` : sql`e.institution_id = ${institutionId} and b.mode = ${mode}`}
      and ${kind === undefined ? sql`true` : sql`e.kind = ${kind}`} and ${owner === undefined ? sql`true` : sql`e.owner = ${owner}`}
      and ${open === undefined ? sql`true` : open ? sql`e.closed_at is null` : sql`e.closed_at is not null`}
      and ${openedBefore === undefined ? sql`true` : sql`e.opened_at < ${openedBefore}`} and ${id === undefined ? sql`true` : sql`e.id = ${id}`}
      and ${page.after === null ? sql`true` : sql`e.id > ${page.after}`}
    order by e.id limit ${page.limit}`
}

import type { Queryable } from '../connection.ts'

export interface StatementRow {
  id: string
  source: 'gateway' | 'bank'
  gateway: string
  name: string
  state: 'received' | 'posted'
  received_at: number
  posted_at: number | null
  lines: number
  posted: number
  exceptions: number
  known_lines: number
  not_booked: number
}

/** Statements, the newest first, from the one after `before`; one statement when `id` is given. */
export function listStatements(sql: Queryable, page: { id?: string; before: string | null; limit: number }): Promise<StatementRow[]> {
  const { id, before, limit } = page
  return sql<StatementRow[]>`
    select s.id, s.source, s.gateway, s.name, s.state, s.received_at, s.posted_at, s.known_lines, s.not_booked, c.lines, c.posted, c.exceptions
    from statements s cross join lateral (
      select count(*)::int as lines, (count(*) filter (where l.state = 'posted'))::int as posted, (count(*) filter (where l.state = 'exception'))::int as exceptions
      from statement_lines l where l.statement_id = s.id) c
    where ${id === undefined ? sql`true` : sql`s.id = ${id}`} and ${before === null ? sql`true` : sql`s.id < ${before}`}
    order by s.id desc limit ${limit}`
}

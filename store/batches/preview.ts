import type { Queryable } from '../connection.ts'
import type { RowProblem } from './insert-rows.ts'

/** Rows of a batch that differ in nothing that the plan of their bills looks at. */
export interface RowGroup {
  policy: string
  asks_money: boolean
  due_date: string | null
  valid_until: string | null
  issue_at: number | null
  /** The citizen's own order, where the citizen is known. */
  preferred: string[]
  addressed: string[]
  bills: number
  /** The largest of them. */
  amount_minor: bigint
}

/** What is known of a citizen already counts as the bill itself will count it: preferences, and addresses given before. */
export const groupRows = (sql: Queryable, batchId: string, limit: number): Promise<RowGroup[]> =>
  sql<RowGroup[]>`
    select policy, asks_money, due_date, valid_until, issue_at, preferred, addressed, count(*)::int as bills, coalesce(max(amount_minor), 0) as amount_minor
    from (
      select r.policy, r.asks_money, r.due_date, r.valid_until, r.issue_at, r.amount_minor, coalesce(c.preferred_channels, '{}') as preferred,
        case when c.id is null then r.channels else array(
          select channel from citizen_contacts a where a.citizen_id = c.id union select unnest(r.channels) order by 1) end as addressed
      from batch_rows r left join citizens c on c.identifier_hash = r.identifier_hash
      where r.batch_id = ${batchId} and r.state = 'received') rows
    group by policy, asks_money, due_date, valid_until, issue_at, preferred, addressed order by bills desc limit ${limit}`

/** What the rows that can be issued ask for in all. */
export async function sumRows(sql: Queryable, batchId: string): Promise<{ bills: number; notices: number; amountMinor: bigint }> {
  const [row] = await sql<{ bills: number; notices: number; amount_minor: bigint }[]>`
    select (count(*) filter (where asks_money))::int as bills, (count(*) filter (where not asks_money))::int as notices,
      coalesce(sum(amount_minor), 0)::bigint as amount_minor
    from batch_rows where batch_id = ${batchId} and state = 'received'`
  return { bills: row?.bills ?? 0, notices: row?.notices ?? 0, amountMinor: row?.amount_minor ?? 0n }
}

/** How often each thing is wrong, the most frequent first. */
export const countProblems = (sql: Queryable, batchId: string): Promise<{ code: string; column: string; rows: number }[]> =>
  sql<{ code: RowProblem['code']; column: string; rows: number }[]>`
    select p ->> 'code' as code, p ->> 'column' as column, count(*)::int as rows
    from batch_rows r cross join lateral jsonb_array_elements(r.problems) p
    where r.batch_id = ${batchId} and r.state = 'invalid' group by 1, 2 order by 3 desc, 1, 2 limit 50`

import type { Queryable } from '../connection.ts'

/** `toPay`: money is asked for; `notices`: nothing is; `done`: paid, finished or handed back. Bills not issued yet are in none. */
export type BillGroup = 'toPay' | 'notices' | 'done'

export interface CitizenBillsQuery {
  readonly citizenId: string
  readonly group: BillGroup
  readonly institutionId: string | null
  readonly overdueOnly: boolean
  readonly limit: number
  readonly offset: number
}

/** A page of a citizen's bills: what is overdue and due soonest first, otherwise the newest. `total` counts all pages. */
export async function listCitizenBills(sql: Queryable, query: CitizenBillsQuery): Promise<{ ids: string[]; total: number }> {
  const group = {
    toPay: sql`asks_money and status in ('issued', 'delivered', 'overdue')`,
    notices: sql`not asks_money and status in ('issued', 'delivered')`,
    done: sql`status in ('paid', 'settled', 'cancelled', 'writtenOff', 'handedBack', 'concluded')`,
  }[query.group]
  const order = query.group === 'toPay' ? sql`(status = 'overdue') desc, due_at, created_at, id` : sql`created_at desc, id desc`
  const rows = await sql<{ id: string; total: number }[]>`
    select id, count(*) over ()::int as total from bills
    where citizen_id = ${query.citizenId} and ${group}
      ${query.institutionId === null ? sql`` : sql`and institution_id = ${query.institutionId}`} ${query.overdueOnly ? sql`and status = 'overdue'` : sql``}
    order by ${order} limit ${query.limit} offset ${query.offset}`
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 }
}

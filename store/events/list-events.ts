import type { Queryable } from '../connection.ts'

export interface EventRow {
  id: string
  type: string
  at: number
  bill_id: string | null
  bill_number: string | null
  subject: string
  data: Record<string, unknown>
  position: bigint
}

/** An institution's events after a position of the feed, in its order. Call `placeEvents` before, to miss none. */
export const listEvents = (
  sql: Queryable,
  owner: { institutionId: string; mode: 'test' | 'live' },
  page: { after: bigint; limit: number; types: readonly string[] },
): Promise<EventRow[]> =>
  sql<EventRow[]>`
    select e.id, e.type, e.at, e.bill_id, b.bill_number, e.subject, e.data, e.position from events e left join bills b on b.id = e.bill_id
    where e.institution_id = ${owner.institutionId} and e.mode = ${owner.mode} and e.position > ${page.after}
      ${page.types.length === 0 ? sql`` : sql`and e.type = any(${page.types as string[]})`}
    order by e.position limit ${page.limit}`

import type { Queryable } from '../connection.ts'
import type { Owner } from '../owner.ts'

/** Something that a person has to look at. One about a line of a file belongs to no bill yet, and only the platform sees it. */
export interface OpenException {
  id: string
  kind: string
  reason: string | null
  owner: string
  opened_at: number
  bill_id: string | null
  bill_number: string | null
  title: string | null
}

/** Open exceptions that concern the owner, the oldest first, from the one after `after`. */
export const openExceptions = (
  sql: Queryable,
  { institutionId, mode }: Owner,
  page: { after: { at: number; id: string } | null; limit: number },
): Promise<OpenException[]> =>
  sql<OpenException[]>`
    select e.id, e.kind, e.reason, e.owner, e.opened_at, e.bill_id, b.bill_number, b.title
    from exceptions e left join bills b on b.id = e.bill_id
    where e.closed_at is null
      and ${institutionId === null ? sql`(b.id is null or b.mode = ${mode})` : sql`e.institution_id = ${institutionId} and b.mode = ${mode}`}
      ${page.after === null ? sql`` : sql`and (e.opened_at, e.id) > (${page.after.at}, ${page.after.id})`}
    order by e.opened_at, e.id limit ${page.limit}`

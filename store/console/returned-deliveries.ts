import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** A letter that came back. */
export interface ReturnedDelivery {
  id: string
  bill_id: string
  bill_number: string
  title: string
  zone: string
  channel: string
  return_reason: string | null
  ended_at: number
}

/** Deliveries of the owner's bills that came back, the newest first, from the one after `before`. */
export const returnedDeliveries = (
  sql: Queryable,
  owner: Owner,
  page: { before: { at: number; id: string } | null; limit: number },
): Promise<ReturnedDelivery[]> =>
  sql<ReturnedDelivery[]>`
    select d.id, d.bill_id, b.bill_number, b.title, i.zone, d.channel, d.return_reason, d.ended_at
    from deliveries d join bills b on b.id = d.bill_id join institutions i on i.id = b.institution_id
    where d.state = 'returned' and d.ended_at is not null and ${ownedBy(sql, owner)}
      ${page.before === null ? sql`` : sql`and (d.ended_at, d.id) < (${page.before.at}, ${page.before.id})`}
    order by d.ended_at desc, d.id desc limit ${page.limit}`

import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** A refund of one of the owner's bills. */
export interface ListedRefund {
  id: string
  bill_id: string
  bill_number: string
  title: string
  zone: string
  currency: Currency
  amount_minor: bigint
  state: string
  reason: string
  requested_at: number
  refunded_at: number | null
}

/** Refunds of the owner's bills, the newest first, from the one after `before`; `open` keeps to those that are not done. */
export const listedRefunds = (
  sql: Queryable,
  owner: Owner,
  page: { before: string | null; limit: number; open: boolean },
): Promise<ListedRefund[]> =>
  sql<ListedRefund[]>`
    select r.id, r.bill_id, b.bill_number, b.title, i.zone, r.currency, r.amount_minor, r.state, r.reason, r.requested_at, r.refunded_at
    from refunds r join bills b on b.id = r.bill_id join institutions i on i.id = b.institution_id
    where ${ownedBy(sql, owner)} ${page.open ? sql`and r.state not in ('succeeded', 'failed', 'declined')` : sql``}
      ${page.before === null ? sql`` : sql`and (r.requested_at, r.id) < (select requested_at, id from refunds where id = ${page.before})`}
    order by r.requested_at desc, r.id desc limit ${page.limit}`

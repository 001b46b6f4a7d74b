import type { Queryable } from '../connection.ts'

/** What of one payment's part of a bill has not gone back: neither requested, nor under way, nor done. */
export interface RefundablePart {
  payment_id: string
  /** Zero for a payment that is disputed or was taken back: nothing more may be refunded of it. */
  left_minor: bigint
  /** What a reversal would take. */
  taken_back_minor: bigint
}

/** The newest payment first. */
export const refundableParts = (sql: Queryable, billId: string): Promise<RefundablePart[]> =>
  sql<RefundablePart[]>`
    select payment_id, (case when state in ('captured', 'settled') then rest else 0 end)::bigint as left_minor, rest as taken_back_minor
    from (
      select a.payment_id, p.state, p.paid_at,
        (a.amount_minor - coalesce((select sum(r.amount_minor) from refunds r
          where r.payment_id = a.payment_id and r.bill_id = a.bill_id and r.from_allocation and r.state not in ('failed', 'declined')), 0))::bigint as rest
      from allocations a join payments p on p.id = a.payment_id where a.bill_id = ${billId}) parts
    order by paid_at desc, payment_id desc`

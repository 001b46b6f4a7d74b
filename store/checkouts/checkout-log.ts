import type { Queryable } from '../connection.ts'

/** An entry of a bill's log that is about a checkout, or about the payment that came of it. */
export interface CheckoutLine {
  bill_id: string
  seq: number
  at: number
  action: string
  actor: string
  body: string
}

/**
 * What the logs of a checkout's bills say of it, the oldest first, after one entry. A checkout has at most a hundred bills,
 * whose logs are short.
 */
export function checkoutLog(
  sql: Queryable,
  checkoutId: string,
  page: { after: { at: number; billId: string; seq: number } | null; limit: number },
): Promise<CheckoutLine[]> {
  const { after, limit } = page
  return sql<CheckoutLine[]>`
    select c.bill_id, l.seq, l.at, l.action, l.actor, l.body
    from checkout_bills c join log l on l.subject = 'bill:' || c.bill_id
    where c.checkout_id = ${checkoutId}
      and (l.body::jsonb ->> 'checkoutId' = ${checkoutId} or l.body::jsonb ->> 'paymentId' = (select id from payments where checkout_id = ${checkoutId}))
      ${after === null ? sql`` : sql`and (l.at, c.bill_id, l.seq) > (${after.at}, ${after.billId}, ${after.seq})`}
    order by l.at, c.bill_id, l.seq limit ${limit}`
}

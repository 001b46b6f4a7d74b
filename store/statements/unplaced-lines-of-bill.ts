import type { Queryable } from '../connection.ts'

/**
 * Ids of lines that nobody could place because the payment or refund of this bill that they name was not there yet: the
 * gateway's file was faster than our record of it. Now it is.
 */
export async function unplacedLinesOfBill(sql: Queryable, billId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select l.id from allocations a join payments p on p.id = a.payment_id
      join statement_lines l on l.gateway = p.gateway and l.subject_reference = p.reference and l.kind = 'payment'
    where a.bill_id = ${billId} and l.state = 'exception' and l.reason = 'paymentUnknown'
    union select l.id from refunds r join payments p on p.id = r.payment_id
      join statement_lines l on l.gateway = p.gateway and l.subject_reference = split_part(r.reference, '#', 1) and l.kind = 'refund'
    where r.bill_id = ${billId} and l.state = 'exception' and l.reason = 'refundUnknown'`
  return rows.map(({ id }) => id)
}

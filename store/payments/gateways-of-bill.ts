import type { Queryable } from '../connection.ts'

/** Names of the gateways that hold unsettled payments of a bill. */
export async function gatewaysOfBill(sql: Queryable, billId: string): Promise<string[]> {
  const rows = await sql<{ gateway: string }[]>`
    select distinct p.gateway from payments p join allocations a on a.payment_id = p.id where a.bill_id = ${billId} and a.amount_minor > 0 and p.settled_at is null order by 1`
  return rows.map(({ gateway }) => gateway)
}

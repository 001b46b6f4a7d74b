import type { Tx } from '../connection.ts'

/** A bill of which `most` or more payments were begun after `since`, with the time of the first of them; null where there is none. */
export async function oftenBegun(
  tx: Tx,
  billIds: readonly string[],
  { since, most }: { since: number; most: number },
): Promise<{ billId: string; first: number } | null> {
  const [row] = await tx<{ bill_id: string; first: number }[]>`
    select p.bill_id, min(c.created_at) as first from checkout_bills p join checkouts c on c.id = p.checkout_id
    where p.bill_id in ${tx(billIds)} and c.created_at > ${since}
    group by p.bill_id having count(*) >= ${most} limit 1`
  return row ? { billId: row.bill_id, first: row.first } : null
}

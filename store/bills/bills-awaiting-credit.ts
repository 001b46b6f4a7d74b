import type { Queryable } from '../connection.ts'

/**
 * Open bills that a citizen's credit with their institution could pay: the one that has been there longest for each
 * credit. Their runs take it when they look. Without `from` all credits are looked at, with it those of these bills' money.
 */
export async function billsAwaitingCredit(sql: Queryable, options: { from?: readonly string[]; limit: number }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct on (e.id) b.id from excesses e
      join bills b on b.citizen_id = e.citizen_id and b.institution_id = e.institution_id and b.currency = e.currency and b.mode = e.mode
    where e.kind = 'credit' and e.used_minor < e.amount_minor
      ${options.from === undefined ? sql`` : sql`and e.bill_id = any(${options.from as string[]})`}
      and b.asks_money and b.status in ('issued', 'delivered', 'overdue') and b.checkout_id is null
      and b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor > 0
      and not exists (select from pauses p where p.bill_id = b.id and p.until_at is null)
    order by e.id, b.due_at nulls last, b.id limit ${options.limit}`
  return [...new Set(rows.map(({ id }) => id))]
}

import type { Queryable } from '../connection.ts'

/** Is the sum of the whole ledger zero in every currency? The database enforces it per posting; this asks again. */
export async function ledgerBalanced(sql: Queryable): Promise<boolean> {
  const [row] = await sql<{ balanced: boolean }[]>`
    select coalesce(bool_and(total = 0), true) as balanced from (
      select sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end) as total
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id group by t.currency) sums`
  return row?.balanced ?? false
}

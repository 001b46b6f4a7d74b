import type { Currency } from '../../domain/currencies.ts'
import type { RowState } from '../../domain/states/batch-row.ts'
import type { BillStatus } from '../../domain/states/bill.ts'
import type { Queryable } from '../connection.ts'
import type { RowProblem } from './insert-rows.ts'

export interface ListedRow {
  row: number
  state: RowState
  bill_number: string | null
  amount_minor: bigint | null
  currency: Currency
  problems: RowProblem[]
  bill_id: string | null
  /** As the bill is now. */
  status: BillStatus | null
}

/** Rows of a batch in the file's order, from the one after `after`. */
export const listRows = (
  sql: Queryable,
  batchId: string,
  filter: { state?: RowState | undefined },
  page: { after: number; limit: number },
): Promise<ListedRow[]> =>
  sql<ListedRow[]>`
    select r.row, r.state, r.bill_number, r.amount_minor, i.currency, r.problems, r.bill_id, b.status
    from batch_rows r join batches t on t.id = r.batch_id join institutions i on i.id = t.institution_id left join bills b on b.id = r.bill_id
    where r.batch_id = ${batchId} and r.row > ${page.after} and ${filter.state === undefined ? sql`true` : sql`r.state = ${filter.state}`}
    order by r.row limit ${page.limit}`

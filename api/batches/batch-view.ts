import { ROW_STATES } from '../../domain/states/batch-row.ts'
import { type BatchRow, countRows, readBatch, type RowCounts } from '../../store/batches/batch-row.ts'
import type { ListedRow } from '../../store/batches/list-rows.ts'
import type { Queryable } from '../../store/connection.ts'
import type { Owner } from '../../store/owner.ts'
import { wire } from '../../schemas/money.ts'
import { toIso } from '../../schemas/time.ts'

export function batchView(batch: BatchRow, counts: RowCounts = batch.counts): object {
  const path = `/v1/batches/${batch.id}`
  return {
    id: batch.id,
    institution: batch.institution_id,
    mode: batch.mode,
    name: batch.name,
    state: batch.state,
    rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts: Object.fromEntries(ROW_STATES.map((state) => [state, counts[state] ?? 0])),
    mappingName: batch.mapping_name,
    sha256: batch.sha256?.toString('hex') ?? null,
    reason: batch.reason,
    createdAt: toIso(batch.created_at),
    changedAt: toIso(batch.changed_at),
    links: { self: path, rows: `${path}/rows`, events: `${path}/events`, preview: `${path}/preview`, results: `${path}/results.csv` },
  }
}

/** A batch with its rows counted now. @throws GojiError `batch_not_found`. */
export async function freshBatchView(sql: Queryable, owner: Owner, batchId: string): Promise<object> {
  const batch = await readBatch(sql, owner, batchId)
  return batchView(batch, await countRows(sql, batchId))
}

export const rowView = (row: ListedRow): object => ({
  row: row.row,
  state: row.state,
  billNumber: row.bill_number,
  amount: row.amount_minor === null ? null : wire(row.amount_minor, row.currency),
  problems: row.problems,
  bill: row.bill_id,
  billStatus: row.status,
})

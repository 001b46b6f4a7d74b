import type { Queryable } from '../../store/connection.ts'
import { countRows, type RowCounts } from '../../store/batches/batch-row.ts'
import { insertBatch } from '../../store/batches/insert-batch.ts'
import { insertRows, type NewRow } from '../../store/batches/insert-rows.ts'
import { beginUpload, finishUpload } from '../../store/batches/upload.ts'
import { type BatchOrder, orderBatch } from '../../store/commands/order-batch.ts'
import type { Root } from '../../composition/root.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'

const ACTOR = 'key:test'
const SHA = Buffer.alloc(32)

export const newRow = (row: number, changes: Partial<NonNullable<NewRow['valid']>> = {}, billNumber = `N-${row}`): NewRow => ({
  row,
  billNumber,
  problems: [],
  valid: {
    policy: 'bill',
    amountMinor: 1_000n,
    dueDate: null,
    validUntil: null,
    issueAt: null,
    identifierHash: Buffer.from(`citizen ${billNumber}`.padEnd(32, '.')),
    bill: { title: '자동차세', details: [], name: '김하늘', language: 'ko', contacts: [] },
    ...changes,
  },
})

/** A batch of these rows, ready to be issued. */
export async function readyBatch(root: Pick<Root, 'sql' | 'clock'>, institutionId: string, rows: readonly NewRow[]): Promise<string> {
  const { sql } = root
  const now = root.clock.now()
  const owner = { institutionId, mode: 'test' } as const
  const batchId = await transaction(sql, (tx) =>
    insertBatch(tx, { institutionId, mode: 'test', name: 'Batch', reading: {}, actor: ACTOR }, now),
  )
  await beginUpload(sql, { owner, batchId, uploadId: 'u', sha256: SHA }, now)
  await transaction(sql, (tx) => insertRows(tx, batchId, rows, now))
  await transaction(sql, (tx) => finishUpload(tx, { owner, batchId, uploadId: 'u', sha256: SHA, actor: ACTOR }, now))
  return batchId
}

export const order = (
  root: Pick<Root, 'sql' | 'clock'>,
  input: { batchId: string; institutionId: string; event: BatchOrder['event'] },
): Promise<{ atWork: boolean }> => {
  const { batchId, institutionId, event } = input
  const owner = { institutionId, mode: 'test' } as const
  return transaction(root.sql, (tx) => orderBatch(tx, { owner, batchId, event, actor: ACTOR, reason: 'a test' }, root.clock.now()))
}

export const untilBatch = (sql: Queryable, batchId: string, state: string, limit?: number): Promise<RowCounts> =>
  eventually(
    `batch ${batchId} is ${state}`,
    async () => {
      const [row] = await sql<{ state: string }[]>`select state from batches where id = ${batchId}`
      return row?.state === state ? countRows(sql, batchId) : undefined
    },
    limit,
  )

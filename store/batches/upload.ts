import { conflict } from '../../domain/errors.ts'
import { batchMachine } from '../../domain/states/batch.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Sql, Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'
import type { Owner } from '../owner.ts'
import { transaction } from '../unit/transaction.ts'
import { type BatchRow, countRows, lockBatch, type RowCounts } from './batch-row.ts'
import { batchSubject } from './insert-batch.ts'

/** Rows that are deleted in one transaction: a large upload that was cut off holds no lock for long. */
const ROWS_PER_DELETE = 20_000

/**
 * Begins an upload: it alone may write rows from now on, and what an earlier one left is taken away. Where the batch has
 * its file already, `known` says whether this is the same file again.
 * @throws GojiError `batch_not_found`, `batch_has_file` (conflict) for another file.
 */
export async function beginUpload(
  sql: Sql,
  input: { owner: Owner; batchId: string; uploadId: string; sha256: Buffer },
  now: number,
): Promise<{ batch: BatchRow; known: boolean }> {
  const { owner, batchId, uploadId, sha256 } = input
  const batch = await transaction(sql, async (tx) => {
    const found = await lockBatch(tx, owner, batchId)
    if (!allows(batchMachine, found.state, 'upload')) return found
    const state = transition(batchMachine, found.state, 'upload')
    await tx`update batches set state = ${state}, upload_id = ${uploadId}, changed_at = ${now} where id = ${batchId}`
    return { ...found, state, upload_id: uploadId }
  })
  if (batch.upload_id !== uploadId) {
    if (batch.sha256?.equals(sha256)) return { batch, known: true }
    throw conflict('batch_has_file', 'The batch has its file already, or is cancelled. Make another batch for another file.')
  }
  for (let deleted = ROWS_PER_DELETE; deleted === ROWS_PER_DELETE;) {
    const gone = await sql`
      delete from batch_rows where batch_id = ${batchId} and row in (select row from batch_rows where batch_id = ${batchId} limit ${ROWS_PER_DELETE})`
    deleted = gone.count
  }
  return { batch, known: false }
}

/** @throws GojiError `batch_upload_replaced` (conflict) when a later upload has begun, or the batch was cancelled. */
export async function holdUpload(tx: Tx, batchId: string, uploadId: string): Promise<void> {
  const [held] = await tx`select 1 from batches where id = ${batchId} and upload_id = ${uploadId} and state = 'uploading' for share`
  if (!held) throw replaced()
}

const replaced = (): Error =>
  conflict('batch_upload_replaced', 'Another upload of this batch has begun, or the batch was cancelled. This one ends here.')

/** The file is read to its end: the batch is ready. */
export async function finishUpload(
  tx: Tx,
  input: { owner: Owner; batchId: string; uploadId: string; sha256: Buffer; actor: string },
  now: number,
): Promise<RowCounts> {
  const { owner, batchId, uploadId, sha256, actor } = input
  const batch = await lockBatch(tx, owner, batchId)
  if (batch.upload_id !== uploadId || batch.state !== 'uploading') throw replaced()
  const counts = await countRows(tx, batchId)
  const state = transition(batchMachine, batch.state, 'receive')
  await tx`update batches set state = ${state}, sha256 = ${sha256}, counts = ${tx.json(counts as never)}, changed_at = ${now} where id = ${batchId}`
  await appendLog(tx, batchSubject(batchId), { at: now, action: 'received', actor, body: { sha256: sha256.toString('hex'), rows: counts } })
  return counts
}

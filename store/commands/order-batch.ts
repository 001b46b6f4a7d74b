import { conflict } from '../../domain/errors.ts'
import { type BatchEvent, batchMachine, isAtWork } from '../../domain/states/batch.ts'
import { transition } from '../../domain/states/table.ts'
import { countRows, lockBatch } from '../batches/batch-row.ts'
import { batchSubject } from '../batches/insert-batch.ts'
import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'
import type { Owner } from '../owner.ts'

export interface BatchOrder {
  readonly owner: Owner
  readonly batchId: string
  readonly event: Extract<BatchEvent, 'issue' | 'pause' | 'resume' | 'cancel' | 'rerun' | 'undo'>
  readonly actor: string
  readonly reason: string | null
  /** With `issue`: rows that were refused are left out; otherwise they hold up the batch. */
  readonly skipInvalid?: boolean
}

/** Orders about a batch wait for the rows that are being written, and those for them: no row is written after it. */
export const lockOrders = (tx: Tx, batchId: string, kind: 'order' | 'row'): Promise<unknown> =>
  kind === 'order'
    ? tx`select pg_advisory_xact_lock(hashtextextended(${batchId}, 1))`
    : tx`select pg_advisory_xact_lock_shared(hashtextextended(${batchId}, 1))`

/**
 * An order about a batch. The engine is told after the commit.
 * @throws GojiError `batch_not_found`; `batch_transition_illegal`, `batch_rows_invalid`, `batch_empty`, `batch_has_no_failures` (conflict).
 */
export async function orderBatch(tx: Tx, order: BatchOrder, now: number): Promise<{ atWork: boolean }> {
  const { owner, batchId, event, actor, reason } = order
  await lockOrders(tx, batchId, 'order')
  const batch = await lockBatch(tx, owner, batchId)
  const state = transition(batchMachine, batch.state, event)
  if (event === 'issue') await refuseUnready(tx, order)
  if (event === 'rerun') {
    const again =
      await tx`update batch_rows set state = 'received', problems = '[]', changed_at = ${now} where batch_id = ${batchId} and state = 'failed'`
    if (again.count === 0) throw conflict('batch_has_no_failures', 'No row of the batch has failed: there is nothing to run again.')
  }
  if (event === 'undo')
    await tx`update batch_rows set state = 'issued', problems = '[]', changed_at = ${now} where batch_id = ${batchId} and state = 'kept'`
  await tx`
    update batches set state = ${state}, reason = ${reason ?? batch.reason}, changed_at = ${now}, progress_at = ${now}, wakes_missed = 0,
      actor = ${event === 'undo' || event === 'issue' ? actor : batch.actor}, cleared_at = null
    where id = ${batchId}`
  await appendLog(tx, batchSubject(batchId), { at: now, action: state, actor, body: reason === null ? {} : { reason } })
  return { atWork: isAtWork(state) || isAtWork(batch.state) || batch.state === 'paused' }
}

async function refuseUnready(tx: Tx, { batchId, skipInvalid }: BatchOrder): Promise<void> {
  const { received = 0, invalid = 0 } = await countRows(tx, batchId)
  if (invalid > 0 && skipInvalid !== true) {
    throw conflict(
      'batch_rows_invalid',
      `${invalid} rows of the batch were refused. Correct the file and make another batch, or leave them out with "invalidRows": "skip".`,
    )
  }
  if (received === 0) throw conflict('batch_empty', 'The batch has no row that could be issued.')
}

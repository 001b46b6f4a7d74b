import { batchMachine, type BatchState } from '../../domain/states/batch.ts'
import type { RowState } from '../../domain/states/batch-row.ts'
import { transition } from '../../domain/states/table.ts'
import type { Queryable, Tx } from '../connection.ts'
import { insertEvents } from '../events/insert-events.ts'
import { appendLog } from '../log/append-log.ts'
import { countRows, lockBatch, type RowCounts } from './batch-row.ts'
import { batchSubject } from './insert-batch.ts'

/** A bill that is due for longer than this is held up by something else than the batch: it no longer takes up the window. */
const DUE_MS = 60_000

export interface AtWork {
  readonly state: BatchState
  readonly rows: readonly number[]
}

/** The state of a batch and its next rows in one of some states, in the file's order. */
export async function nextRows(
  sql: Queryable,
  batchId: string,
  states: readonly RowState[],
  page: { after: number; limit: number },
): Promise<AtWork> {
  const [[batch], rows] = await Promise.all([
    sql<{ state: BatchState }[]>`select state from batches where id = ${batchId}`,
    sql<{ row: number }[]>`
      select row from batch_rows where batch_id = ${batchId} and state = any(${states as string[]}) and row > ${page.after} order by row limit ${page.limit}`,
  ])
  return { state: batch?.state ?? 'cancelled', rows: rows.map(({ row }) => row) }
}

/**
 * Bills of a batch that the workers are not done with: their run has not looked yet, or what the plan asks of them now is
 * under way. Both are found by small indexes of what is open, whatever the size of the batch.
 */
export async function billsUnderWay(sql: Queryable, batchId: string, now: number): Promise<number> {
  const [row] = await sql<{ count: bigint }[]>`
    select count(*) as count from batch_rows r where r.batch_id = ${batchId} and r.bill_id in (
      select bill_id from facts where applied_at is null and kind = 'billCreated'
      union select id from bills where stage <> 'closed' and wake_at <= ${now} and wake_at > ${now - DUE_MS})`
  return Number(row?.count ?? 0n)
}

/** A run says that it lives: counts for the lists, and the sweep leaves it alone. */
export async function noteProgress(tx: Tx, batchId: string, now: number): Promise<RowCounts> {
  const counts = await countRows(tx, batchId)
  await tx`update batches set counts = ${tx.json(counts as never)}, progress_at = ${now}, wakes_missed = 0 where id = ${batchId}`
  return counts
}

/** Ends the work of a batch whose rows all had their turn. Answers its state, which another order may have changed. */
export async function finishWork(tx: Tx, batchId: string, now: number): Promise<BatchState> {
  const batch = await lockBatch(tx, null, batchId)
  if (batch.state !== 'issuing' && batch.state !== 'undoing') return batch.state
  const counts = await noteProgress(tx, batchId, now)
  const state = transition(batchMachine, batch.state, batch.state === 'issuing' ? 'complete' : 'finishUndo')
  await tx`update batches set state = ${state}, changed_at = ${now} where id = ${batchId}`
  await appendLog(tx, batchSubject(batchId), { at: now, action: state, actor: 'engine', body: { rows: counts } })
  const source = { institutionId: batch.institution_id, mode: batch.mode, subject: batchSubject(batchId), billId: null }
  insertEvents(tx, [{ source, event: { type: 'batch.finished', data: { state, rows: counts } } }], now)
  return state
}

/**
 * Batches at work whose run has said nothing for a grace (milliseconds): it never began, or is gone. Each time one is
 * found its next turn is put off twice as long.
 */
export async function lostBatches(sql: Queryable, now: number, options: { grace: number; limit: number }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update batches set wakes_missed = wakes_missed + 1
    where id in (
      select id from batches
      where state in ('issuing', 'undoing')
        and progress_at + make_interval(secs => ${options.grace / 1000}::double precision * power(2, least(wakes_missed, 30))) < ${now}
      order by progress_at limit ${options.limit} for update skip locked)
    returning id`
  return rows.map(({ id }) => id)
}

/** Empties what ended batches hold of persons whose bills never were, some rows at a time. Answers how many it emptied. */
export async function clearEnded(tx: Tx, now: number, limit: number): Promise<number> {
  const [batch] = await tx<{ id: string }[]>`
    select id from batches where state in ('cancelled', 'undone') and cleared_at is null order by id limit 1 for update skip locked`
  if (!batch) return 0
  const cleared = await tx`
    update batch_rows set bill = null, identifier_hash = null
    where batch_id = ${batch.id} and row in (select row from batch_rows where batch_id = ${batch.id} and bill is not null limit ${limit})`
  if (cleared.count < limit) await tx`update batches set cleared_at = ${now} where id = ${batch.id}`
  return cleared.count
}

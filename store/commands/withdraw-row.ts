import { GojiError } from '../../domain/errors.ts'
import type { BatchState } from '../../domain/states/batch.ts'
import { type RowState, rowMachine } from '../../domain/states/batch-row.ts'
import { transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'
import { cancelBill } from './drop-charge.ts'

interface RowToWithdraw {
  state: RowState
  batch_state: BatchState
  actor: string
  reason: string | null
  bill_id: string
}

/**
 * Takes back the bill of a row of a batch that is being undone: it is cancelled unless somebody has paid any of it, or it
 * has ended in another way; then it stays, and the row says why. Doing it again changes nothing.
 */
export async function withdrawRow(tx: Tx, { batchId, row: number }: { batchId: string; row: number }, now: number): Promise<Wake[]> {
  const [row] = await tx<RowToWithdraw[]>`
    select r.state, t.state as batch_state, t.actor, t.reason, r.bill_id from batch_rows r join batches t on t.id = r.batch_id
    where r.batch_id = ${batchId} and r.row = ${number} for no key update of r`
  if (row?.state !== 'issued' || row.batch_state !== 'undoing') return []
  const [bill] = await tx<{ paid_minor: bigint }[]>`select paid_minor from bills where id = ${row.bill_id} for update`
  const outcome =
    bill !== undefined && bill.paid_minor > 0n
      ? { code: 'bill_paid', message: 'Somebody has paid the bill. Refund the payment, or leave it.' }
      : await cancel(tx, row, now)
  const kept = 'code' in outcome
  const problems = kept ? [{ code: outcome.code, column: 'the row', pointer: '', message: outcome.message }] : []
  await tx`
    update batch_rows set state = ${transition(rowMachine, row.state, kept ? 'keep' : 'withdraw')}, problems = ${tx.json(problems)}, changed_at = ${now}
    where batch_id = ${batchId} and row = ${number}`
  return kept ? [] : outcome.wakes
}

/** A refusal comes before anything is written. */
async function cancel(tx: Tx, row: RowToWithdraw, now: number): Promise<{ wakes: Wake[] } | { code: string; message: string }> {
  try {
    return { wakes: await cancelBill(tx, { billId: row.bill_id, reason: row.reason ?? 'the batch was undone', actor: row.actor }, now) }
  } catch (error) {
    if (error instanceof GojiError && error.kind === 'conflict') return { code: error.code, message: error.message }
    throw error
  }
}

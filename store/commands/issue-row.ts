import type { Currency } from '../../domain/currencies.ts'
import { GojiError } from '../../domain/errors.ts'
import type { BatchState } from '../../domain/states/batch.ts'
import { type RowState, rowMachine } from '../../domain/states/batch-row.ts'
import { transition } from '../../domain/states/table.ts'
import type { RowBill } from '../batches/insert-rows.ts'
import type { Sql, Tx } from '../connection.ts'
import { transaction } from '../unit/transaction.ts'
import type { Wake } from '../unit/with-bills.ts'
import { createBill } from './create-bill.ts'
import { lockOrders } from './order-batch.ts'

interface RowToIssue {
  state: RowState
  batch_state: BatchState
  institution_id: string
  mode: 'test' | 'live'
  currency: Currency
  actor: string
  bill_number: string
  policy: string
  amount_minor: bigint | null
  due_date: string | null
  valid_until: string | null
  issue_at: number | null
  identifier_hash: Buffer
  bill: RowBill
}

/** What became of a row; `wake` is for its bill's run. Null where it had its turn before, or the batch is not being issued. */
export type IssuedRow = { readonly wake: Wake } | { readonly failed: string } | null

/**
 * Makes the bill of a row, once: the row and its bill are written in one transaction, so whoever repeats it after a crash
 * finds the row done. What the bill's own rules refuse now is written on the row and holds up no other.
 */
export async function issueRow(sql: Sql, at: { batchId: string; row: number }, now: number): Promise<IssuedRow> {
  try {
    return await transaction(sql, (tx) => issue(tx, at, now))
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    return transaction(sql, (tx) => fail(tx, at, error, now))
  }
}

async function issue(tx: Tx, { batchId, row: number }: { batchId: string; row: number }, now: number): Promise<IssuedRow> {
  const row = await lockRow(tx, batchId, number)
  if (row?.state !== 'received' || row.batch_state !== 'issuing') return null
  const { name, language, contacts, title, details } = row.bill
  const { billId, wake } = await createBill(
    tx,
    {
      institutionId: row.institution_id,
      mode: row.mode,
      billNumber: row.bill_number,
      policy: row.policy,
      title,
      details,
      amount: row.amount_minor === null ? null : { minor: row.amount_minor, currency: row.currency },
      currency: row.currency,
      dueDate: row.due_date,
      validUntil: row.valid_until,
      issueAt: row.issue_at ?? now,
      actor: row.actor,
      citizen: { identifierHash: row.identifier_hash, name, language, contacts },
    },
    now,
  )
  await tx`
    update batch_rows set state = ${transition(rowMachine, row.state, 'issue')}, bill_id = ${billId}, bill = null, identifier_hash = null, changed_at = ${now}
    where batch_id = ${batchId} and row = ${number}`
  return { wake }
}

async function fail(tx: Tx, { batchId, row: number }: { batchId: string; row: number }, error: GojiError, now: number): Promise<IssuedRow> {
  const row = await lockRow(tx, batchId, number)
  if (row?.state !== 'received' || row.batch_state !== 'issuing') return null
  const problem = { code: error.code, column: 'the row', pointer: error.pointer ?? '', message: error.message }
  await tx`
    update batch_rows set state = ${transition(rowMachine, row.state, 'fail')}, problems = ${tx.json([problem])}, changed_at = ${now}
    where batch_id = ${batchId} and row = ${number}`
  return { failed: error.code }
}

/** A statement of its own takes the lock, so that the next one sees what orders have done meanwhile. */
async function lockRow(tx: Tx, batchId: string, number: number): Promise<RowToIssue | undefined> {
  const [, [row]] = await Promise.all([
    lockOrders(tx, batchId, 'row'),
    tx<RowToIssue[]>`
      select r.state, t.state as batch_state, t.institution_id, t.mode, i.currency, t.actor, r.bill_number, r.policy, r.amount_minor, r.due_date, r.valid_until, r.issue_at,
        r.identifier_hash, r.bill
      from batch_rows r join batches t on t.id = r.batch_id join institutions i on i.id = t.institution_id
      where r.batch_id = ${batchId} and r.row = ${number} for no key update of r`,
  ])
  return row
}

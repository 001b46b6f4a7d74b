import { notFound } from '../../domain/errors.ts'
import type { BatchState } from '../../domain/states/batch.ts'
import type { RowState } from '../../domain/states/batch-row.ts'
import type { Queryable, Tx } from '../connection.ts'
import type { Owner } from '../owner.ts'

/** How many rows of a batch are in each state; a state without rows may be left out. */
export type RowCounts = Readonly<Partial<Record<RowState, number>>>

export interface BatchRow {
  id: string
  institution_id: string
  mode: 'test' | 'live'
  name: string
  reading: unknown
  /** The stored mapping that `reading` is a copy of. */
  mapping_name: string | null
  state: BatchState
  actor: string
  upload_id: string | null
  sha256: Buffer | null
  reason: string | null
  counts: RowCounts
  created_at: number
  changed_at: number
}

const ownedBatch = (sql: Queryable, { institutionId, mode }: Owner): ReturnType<Queryable> =>
  institutionId === null ? sql`mode = ${mode}` : sql`institution_id = ${institutionId} and mode = ${mode}`

const columns = (sql: Queryable): ReturnType<Queryable> =>
  sql`id, institution_id, mode, name, reading, mapping_name, state, actor, upload_id, sha256, reason, counts, created_at, changed_at`

/** @throws GojiError `batch_not_found` when it does not exist or is another's. */
export async function readBatch(sql: Queryable, owner: Owner, id: string): Promise<BatchRow> {
  const [row] = await sql<BatchRow[]>`select ${columns(sql)} from batches where id = ${id} and ${ownedBatch(sql, owner)}`
  if (!row) throw notFound('batch')
  return row
}

/** Whose a batch is. @throws GojiError `batch_not_found`. */
export async function batchInstitution(sql: Queryable, id: string): Promise<string> {
  const [row] = await sql<{ institution_id: string }[]>`select institution_id from batches where id = ${id}`
  if (!row) throw notFound('batch')
  return row.institution_id
}

/** The batch under its row lock. `owner` is null for the engine itself. @throws GojiError `batch_not_found`. */
export async function lockBatch(tx: Tx, owner: Owner | null, id: string): Promise<BatchRow> {
  const [row] = await tx<BatchRow[]>`
    select ${columns(tx)} from batches where id = ${id} and ${owner === null ? tx`true` : ownedBatch(tx, owner)} for no key update`
  if (!row) throw notFound('batch')
  return row
}

/** Batches, the newest first, from the one after `before`. */
export function listBatches(
  sql: Queryable,
  owner: Owner,
  filter: { state?: BatchState | undefined },
  page: { before: string | null; limit: number },
): Promise<BatchRow[]> {
  return sql<BatchRow[]>`
    select ${columns(sql)} from batches where ${ownedBatch(sql, owner)}
      and ${page.before === null ? sql`true` : sql`id < ${page.before}`} and ${filter.state === undefined ? sql`true` : sql`state = ${filter.state}`}
    order by id desc limit ${page.limit}`
}

/** Counts the rows of a batch as they are now: by its index alone, some ten milliseconds for 100,000. */
export async function countRows(sql: Queryable, batchId: string): Promise<RowCounts> {
  const rows = await sql<{ state: RowState; count: bigint }[]>`
    select state, count(*) as count from batch_rows where batch_id = ${batchId} group by state`
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

import type { Sql } from '../connection.ts'
import { invariants } from './definitions.ts'

export interface Reading {
  /** Of the invariant. */
  readonly name: string
  /** Up to COUNTED_MAX; null where the database did not get through in time. */
  readonly violations: number | null
  /** Ids of the first ones. */
  readonly sample: readonly string[]
}

export const COUNTED_MAX = 1_000
const SAMPLE = 5
const EACH_MS = 5_000
const ALL_MS = 60_000
/** Of a statement that took too long. */
const CANCELED = '57014'

/**
 * Counts what contradicts each invariant that must hold at every instant. Other work is not held up: each view is a
 * transaction of its own that only reads, takes one core of the database, and is ended after five seconds. Once `limit`
 * is over, what was not looked at is answered as null.
 */
export async function readInvariants(sql: Sql, limit: AbortSignal = AbortSignal.timeout(ALL_MS), eachMs = EACH_MS): Promise<Reading[]> {
  const readings: Reading[] = []
  for (const { name } of invariants().filter(({ holds }) => holds === 'always')) {
    readings.push(limit.aborted ? unread(name) : await readOne(sql, name, eachMs))
  }
  return readings
}

const unread = (name: string): Reading => ({ name, violations: null, sample: [] })

async function readOne(sql: Sql, name: string, eachMs: number): Promise<Reading> {
  try {
    const [row] = await sql.begin('read only', async (tx) => {
      await tx`
        select set_config('statement_timeout', ${String(eachMs)}, true), set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`
      return tx<{ violations: number; sample: string[] }[]>`
        select count(*)::int as violations, coalesce((array_agg(array_to_string(ids, ' ')))[1:${SAMPLE}], '{}') as sample
        from (select ids from goji_invariants.${tx(name)} limit ${COUNTED_MAX}) found`
    })
    return { name, violations: row?.violations ?? 0, sample: row?.sample ?? [] }
  } catch (error) {
    if ((error as { code?: unknown }).code === CANCELED) return unread(name)
    throw error
  }
}

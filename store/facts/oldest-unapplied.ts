import type { Queryable } from '../connection.ts'

/** When the oldest fact was recorded that no run has read yet (milliseconds), or null: the engine's backlog. */
export async function oldestUnapplied(sql: Queryable): Promise<number | null> {
  const [row] = await sql<{ at: number | null }[]>`select min(recorded_at) as at from facts where applied_at is null`
  return row?.at ?? null
}

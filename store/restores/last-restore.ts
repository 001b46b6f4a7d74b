import type { Queryable } from '../connection.ts'

/** When the books were last put back from a copy (milliseconds); null where they never were. */
export async function lastRestore(sql: Queryable): Promise<number | null> {
  const [row] = await sql<{ at: number | null }[]>`select max(at) as at from restores`
  return row?.at ?? null
}

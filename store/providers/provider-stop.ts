import { type ProviderKind, StoppedError } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'

/** What the last order about a provider was. */
export interface ProviderStop {
  kind: ProviderKind
  name: string
  stopped: boolean
  reason: string
  actor: string
  /** Milliseconds. */
  changed_at: number
}

/** Every provider that an operator ever stopped, in order. */
export const readStops = (sql: Queryable): Promise<ProviderStop[]> =>
  sql<ProviderStop[]>`select kind, name, stopped, reason, actor, changed_at from provider_stops order by kind, name`

/** Whether an operator has stopped this provider: it gets no new orders then, and is still asked about those it has. */
export async function isStopped(sql: Queryable, kind: ProviderKind, name: string): Promise<boolean> {
  const [row] = await sql`select 1 from provider_stops where kind = ${kind} and name = ${name} and stopped`
  return row !== undefined
}

/** @throws StoppedError, which is tried again later. */
export async function assertRunning(sql: Queryable, kind: ProviderKind, name: string): Promise<void> {
  if (await isStopped(sql, kind, name)) throw new StoppedError(kind, name)
}

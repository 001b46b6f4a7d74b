import type { Queryable } from './connection.ts'

/** Whose bills a caller may see: those of one institution, or of all (null), and only test or only live ones. */
export interface Owner {
  readonly institutionId: string | null
  readonly mode: 'test' | 'live'
}

/** The condition on `bills b` that keeps every read to what the caller owns. */
export const ownedBy = (sql: Queryable, { institutionId, mode }: Owner): ReturnType<Queryable> =>
  institutionId === null ? sql`b.mode = ${mode}` : sql`b.institution_id = ${institutionId} and b.mode = ${mode}`

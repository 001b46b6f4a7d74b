import { GojiError } from '../domain/errors.ts'
import type { Queryable } from './connection.ts'
import type { ApiKey } from './keys/find-api-key.ts'

/** Whose bills a caller may see: those of one institution, or of all (null), and only test or only live ones. */
export interface Owner {
  readonly institutionId: string | null
  readonly mode: 'test' | 'live'
}

/** The condition on `bills b` that keeps every read to what the caller owns. */
export const ownedBy = (sql: Queryable, { institutionId, mode }: Owner): ReturnType<Queryable> =>
  institutionId === null ? sql`b.mode = ${mode}` : sql`b.institution_id = ${institutionId} and b.mode = ${mode}`

/** Operators see every institution, of test or of live bills as their key says. */
export const ownerOf = ({ scopes, institutionId, mode }: ApiKey): Owner => ({
  institutionId: scopes.includes('operator') ? null : (institutionId ?? ''),
  mode,
})

/** The institution of a key. @throws GojiError `institution_key_needed` (forbidden) for a key of the platform. */
export function institutionOf(caller: ApiKey): string {
  if (caller.institutionId === null) {
    throw new GojiError('forbidden', 'institution_key_needed', 'This belongs to an institution. Use a key of that institution.')
  }
  return caller.institutionId
}

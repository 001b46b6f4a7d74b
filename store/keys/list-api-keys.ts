import type { Queryable } from '../connection.ts'
import type { Scope } from './insert-api-key.ts'

/** A key without what it could be used or guessed by. */
export interface ApiKeyRow {
  id: string
  institution_id: string | null
  mode: 'test' | 'live'
  display_prefix: string
  scopes: Scope[]
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  /** To the minute. */
  last_used_at: number | null
}

export interface ApiKeyFilter {
  readonly mode: 'test' | 'live'
  readonly id?: string | undefined
  readonly institution?: string | undefined
  /** True: those in force at `now`; false: the others. */
  readonly inForce?: boolean | undefined
}

/** Keys of one mode, the newest first, from the one after `before`. */
export function listApiKeys(
  sql: Queryable,
  { mode, id, institution, inForce }: ApiKeyFilter,
  page: { before: string | null; limit: number; now: number },
): Promise<ApiKeyRow[]> {
  const none = sql``
  const ended = sql`(revoked_at <= ${page.now} or expires_at <= ${page.now})`
  return sql<ApiKeyRow[]>`
    select id, institution_id, mode, display_prefix, scopes, created_at, expires_at, revoked_at, last_used_at from api_keys
    where mode = ${mode}
      ${id === undefined ? none : sql`and id = ${id}`}
      ${institution === undefined ? none : sql`and institution_id = ${institution}`}
      ${inForce === undefined ? none : inForce ? sql`and ${ended} is not true` : sql`and ${ended}`}
      ${page.before === null ? none : sql`and id < ${page.before}`}
    order by id desc limit ${page.limit}`
}

import type { Queryable } from '../connection.ts'
import type { Scope } from './insert-api-key.ts'

export interface ApiKey {
  readonly id: string
  readonly institutionId: string | null
  readonly mode: 'test' | 'live'
  readonly scopes: readonly Scope[]
}

/** The key with this hash if it is in force at `now`, else null. */
export async function findApiKey(sql: Queryable, hash: Buffer, now: number): Promise<ApiKey | null> {
  const [row] = await sql<{ id: string; institution_id: string | null; mode: 'test' | 'live'; scopes: Scope[] }[]>`
    select id, institution_id, mode, scopes from api_keys
    where hash = ${hash} and (revoked_at is null or revoked_at > ${now}) and (expires_at is null or expires_at > ${now})`
  return row ? { id: row.id, institutionId: row.institution_id, mode: row.mode, scopes: row.scopes } : null
}

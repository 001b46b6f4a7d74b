import type { Queryable } from '../connection.ts'
import type { ApiKey } from '../keys/find-api-key.ts'
import type { Scope } from '../keys/insert-api-key.ts'

/** A key by its id if it is in force at `now`, else null: a session ends with its key. */
export async function keyInForce(sql: Queryable, id: string, now: number): Promise<ApiKey | null> {
  const [row] = await sql<{ id: string; institution_id: string | null; mode: 'test' | 'live'; scopes: Scope[] }[]>`
    select id, institution_id, mode, scopes from api_keys
    where id = ${id} and (revoked_at is null or revoked_at > ${now}) and (expires_at is null or expires_at > ${now})`
  return row ? { id: row.id, institutionId: row.institution_id, mode: row.mode, scopes: row.scopes } : null
}

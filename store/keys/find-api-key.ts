import type { Queryable } from '../connection.ts'
import type { Scope } from './insert-api-key.ts'

export interface ApiKey {
  readonly id: string
  readonly institutionId: string | null
  readonly mode: 'test' | 'live'
  readonly scopes: readonly Scope[]
}

/** A key that is or was in force. Times are milliseconds. */
export interface KnownKey extends ApiKey {
  readonly expiresAt: number | null
  readonly revokedAt: number | null
}

/** The key with this hash, in force or not. */
export async function findApiKey(sql: Queryable, hash: Buffer): Promise<KnownKey | null> {
  const [row] = await sql<
    {
      id: string
      institution_id: string | null
      mode: 'test' | 'live'
      scopes: Scope[]
      expires_at: number | null
      revoked_at: number | null
    }[]
  >`select id, institution_id, mode, scopes, expires_at, revoked_at from api_keys where hash = ${hash}`
  if (!row) return null
  const { id, institution_id: institutionId, mode, scopes, expires_at: expiresAt, revoked_at: revokedAt } = row
  return { id, institutionId, mode, scopes, expiresAt, revokedAt }
}

import { randomBytes } from 'node:crypto'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { appendLog } from '../log/append-log.ts'
import { keyedHash } from './keyed-hash.ts'

/** What a key may do. `operator` belongs to the platform and sees every institution. */
export const SCOPES = [
  'bills:read',
  'bills:write',
  'checkouts:write',
  'statements:write',
  'reports:read',
  'events:read',
  'webhooks:write',
  'refunds:approve',
  'console',
  'operator',
] as const
export type Scope = (typeof SCOPES)[number]

/** Makes a key and answers it in clear for the only time; what is kept cannot be turned back into it. */
export async function insertApiKey(
  tx: Tx,
  input: { institutionId: string | null; mode: 'test' | 'live'; scopes: readonly Scope[]; pepper: string; expiresAt?: number | null },
  now: number,
): Promise<{ id: string; key: string }> {
  const { expiresAt = null } = input
  const id = newId('key', now)
  const key = `goji_${input.mode}_${randomBytes(32).toString('base64url')}`
  await tx`
    insert into api_keys (id, institution_id, mode, display_prefix, hash, scopes, created_at, expires_at)
    values (${id}, ${input.institutionId}, ${input.mode}, ${key.slice(0, 14)}, ${keyedHash(input.pepper, 'apiKey', key)}, ${input.scopes as string[]}, ${now},
      ${expiresAt})`
  const until = expiresAt === null ? {} : { expiresAt: new Date(expiresAt).toISOString() }
  const body = { mode: input.mode, scopes: input.scopes, ...until }
  await appendLog(tx, `key:${id}`, { at: now, action: 'created', actor: 'operator', body })
  return { id, key }
}

import type { Sql } from '../connection.ts'
import { transaction } from '../unit/transaction.ts'
import { type ApiKey, findApiKey } from './find-api-key.ts'
import { noteKeyRefusal } from './note-key-refusal.ts'
import { noteKeyUse } from './note-key-use.ts'

/** What comes of a key that somebody sends. */
export type KeyUse =
  | { readonly outcome: 'inForce'; readonly key: ApiKey }
  /** In force until `at` (milliseconds), and written into its log. */
  | { readonly outcome: 'expired' | 'revoked'; readonly at: number }
  | { readonly outcome: 'unknown' }

/** Looks up the key with this hash at `now`, and remembers its use or its refusal. */
export async function useApiKey(sql: Sql, hash: Buffer, now: number): Promise<KeyUse> {
  const known = await findApiKey(sql, hash)
  if (known === null) return { outcome: 'unknown' }
  const { expiresAt, revokedAt, ...key } = known
  const ended = endOf(expiresAt, revokedAt, now)
  if (ended === null) {
    // Somebody waits for the answer to a request; that it was made is remembered with the next one just as well.
    await noteKeyUse(sql, key.id, now).catch(() => undefined)
    return { outcome: 'inForce', key }
  }
  await transaction(sql, (tx) => noteKeyRefusal(tx, key.id, ended.outcome, now))
  return ended
}

function endOf(expiresAt: number | null, revokedAt: number | null, now: number): { outcome: 'expired' | 'revoked'; at: number } | null {
  if (revokedAt !== null && revokedAt <= now) return { outcome: 'revoked', at: revokedAt }
  return expiresAt !== null && expiresAt <= now ? { outcome: 'expired', at: expiresAt } : null
}

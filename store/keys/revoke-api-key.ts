import { notFound } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

/** Ends a key at once. Ending it again changes nothing. @throws GojiError `key_not_found`. */
export async function revokeApiKey(tx: Tx, id: string, actor: string, now: number): Promise<void> {
  const [key] = await tx<{ revoked_at: number | null }[]>`select revoked_at from api_keys where id = ${id} for update`
  if (!key) throw notFound('key')
  if (key.revoked_at !== null) return
  await tx`update api_keys set revoked_at = ${now} where id = ${id}`
  await appendLog(tx, `key:${id}`, { at: now, action: 'revoked', actor, body: {} })
}

import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

/** Whoever goes on with an ended key is written down so often, and fills no log. */
const EVERY_MS = 3_600_000

/** Writes into a key's log that somebody used it after its end: an institution that forgot to change it, or a thief. */
export async function noteKeyRefusal(tx: Tx, id: string, because: 'expired' | 'revoked', now: number): Promise<void> {
  const [noted] = await tx`
    update api_keys set refused_at = ${now} where id = ${id} and (refused_at is null or refused_at <= ${now - EVERY_MS}) returning id`
  if (noted) await appendLog(tx, `key:${id}`, { at: now, action: 'refused', actor: `key:${id}`, body: { because } })
}

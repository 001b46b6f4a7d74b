import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

/** Writes into a key's log that somebody signed in to the console with it. The key's lock keeps two at once in a row. */
export async function noteEntry(tx: Tx, keyId: string, now: number): Promise<void> {
  await tx`select id from api_keys where id = ${keyId} for update`
  await appendLog(tx, `key:${keyId}`, { at: now, action: 'consoleEntered', actor: `key:${keyId}`, body: {} })
}

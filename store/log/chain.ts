import { createHash } from 'node:crypto'

export interface LogEntry {
  readonly subject: string
  readonly seq: number
  /** Milliseconds. */
  readonly at: number
  readonly action: string
  /** Who did it: `engine`, `citizen`, `key:<id>`, `operator:<name>`. */
  readonly actor: string
  /** JSON text; without personal data, so that the log can stay when a person's data goes. */
  readonly body: string
  readonly previousHash: Buffer | null
}

/** The version stands first in the hashed bytes: another layout one day gets another number and old rows still verify. */
const VERSION = 'goji-log-1'

/** SHA-256 over the entry's own bytes and the hash before it. Lengths keep fields from running into each other. */
export function hashOf(entry: LogEntry): Buffer {
  const hash = createHash('sha256')
  const fields = [VERSION, entry.subject, String(entry.seq), String(entry.at), entry.action, entry.actor, entry.body]
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:${field}`)
  return hash.update(entry.previousHash ?? Buffer.alloc(0)).digest()
}

import { createHmac } from 'node:crypto'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { errorWords } from '../composition/error-words.ts'
import type { Root } from '../composition/root.ts'
import { headsSince } from '../store/log/heads-since.ts'

const EVERY_MS = 60_000
/** Entries of a transaction that began before the last anchor and committed after it are still caught. */
const OVERLAP_MS = 60_000

/**
 * Writes the heads and lengths of the logs that grew, signed, to a folder outside the database. A hash chain alone does
 * not see that its tail was cut off; compared with its anchor it does. Each block carries the signature of the one
 * before, so a missing block shows too.
 */
export function startAnchor(root: Root, log: Logger): { stop(): Promise<void> } {
  const { GOJI_ANCHOR_FOLDER: folder, GOJI_ANCHOR_SECRET: secret } = root.config
  if (folder === undefined || secret === undefined) return { stop: async () => undefined }
  let since = root.clock.now() - OVERLAP_MS
  let previous = ''
  const write = async (): Promise<void> => {
    const at = root.clock.now()
    const heads = await headsSince(root.sql, since)
    since = at - OVERLAP_MS
    if (heads.length === 0) return
    const block = { version: 1, at, previous, heads: heads.map(({ subject, seq, hash }) => [subject, seq, hash.toString('hex')]) }
    const text = JSON.stringify(block)
    previous = createHmac('sha256', secret).update(text).digest('hex')
    await mkdir(folder, { recursive: true })
    await appendFile(
      join(folder, `${new Date(at).toISOString().slice(0, 10)}.jsonl`),
      `${JSON.stringify({ block: text, signature: previous })}\n`,
    )
  }
  let running: Promise<void> = Promise.resolve()
  const tick = (): void => {
    running = running.then(write).catch((error: unknown) => log.error(errorWords(error), 'the log was not anchored'))
  }
  const timer = setInterval(tick, EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      tick()
      await running
    },
  }
}

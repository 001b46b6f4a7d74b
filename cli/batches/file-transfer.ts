import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { bytesOf, type TableFile } from '../../batches/table-file.ts'
import { ApiRefusal, NoAnswer, type Schemas } from '../../client/index.ts'
import { readAnswer } from '../../client/refusal.ts'
import type { Engine } from '../engine.ts'
import { counted } from '../files/open-file.ts'

/** A file of any size takes its time, on the way and while its rows are read. */
const TIMEOUT_MS = 15 * 60_000
/** The same file again is the same upload, so a broken connection is no reason to give up. */
const ATTEMPTS = 3
const WAIT_MS = 1_000

/**
 * Uploads the file of a batch as it is, in pieces. `onBytes` hears how much of it has gone.
 * @throws ApiRefusal; NoAnswer.
 */
export async function uploadFile(
  engine: Pick<Engine, 'url' | 'key'>,
  batchId: string,
  table: TableFile,
  { signal, onBytes }: { readonly signal: AbortSignal; readonly onBytes: (sent: number, all: number) => void },
): Promise<Schemas['Batch']> {
  const path = `/v1/batches/${batchId}/rows`
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readAnswer(path, await sendTable(engine, path, table, signal, onBytes))
    } catch (error) {
      signal.throwIfAborted()
      const worthAnother = error instanceof ApiRefusal ? error.status >= 500 : !isMalformed(error)
      if (!worthAnother || attempt === ATTEMPTS) throw error
    }
    await delay(WAIT_MS * attempt, undefined, { signal })
  }
}

const isMalformed = (error: unknown): boolean => error instanceof NoAnswer && error.code === 'answer_malformed'

const sendTable = (
  { url, key }: Pick<Engine, 'url' | 'key'>,
  path: string,
  table: TableFile,
  signal: AbortSignal,
  onBytes: (sent: number, all: number) => void,
): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
    body: ReadableStream.from(counted(bytesOf(table), (sent) => onBytes(sent, table.bytes))),
    duplex: 'half',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  } as RequestInit).catch((error: unknown) => {
    throw new NoAnswer('engine_unreachable', `The upload to ${url} broke off. Try again: the same file is the same upload.`, error)
  })

/** Writes an answer into a file in pieces; the file is there whole or not at all. @throws ApiRefusal; NoAnswer. */
export async function downloadFile(engine: Pick<Engine, 'url' | 'key'>, from: string, to: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${engine.url}${from}`, {
    headers: { authorization: `Bearer ${engine.key}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((error: unknown) => {
    throw new NoAnswer(
      'engine_unreachable',
      `Nothing answers at ${engine.url}. Start the engine, or name another address with --url.`,
      error,
    )
  })
  if (!response.ok) return readAnswer(from, response)
  const draft = `${to}.part`
  try {
    await pipeline(response.body ?? [], createWriteStream(draft))
    await rename(draft, to)
  } finally {
    await rm(draft, { force: true })
  }
}

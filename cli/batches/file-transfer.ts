import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { NoAnswer, type Schemas } from '../../client/index.ts'
import { refusalOf } from '../../client/refusal.ts'
import { invalid } from '../../domain/errors.ts'
import type { Engine } from '../engine.ts'

/** A file of any size takes its time, on the way and while its rows are read. */
const TIMEOUT_MS = 15 * 60_000
/** The same file again is the same upload, so a broken connection is no reason to give up. */
const ATTEMPTS = 3
const WAIT_MS = 1_000

/**
 * Uploads the file of a batch as it is, in pieces. `onBytes` hears how much of it has gone.
 * @throws ApiRefusal; NoAnswer; GojiError `bills_file_unreadable`.
 */
export async function uploadFile(
  engine: Pick<Engine, 'url' | 'key'>,
  batchId: string,
  path: string,
  options: { signal: AbortSignal; onBytes: (sent: number, all: number) => void },
): Promise<Schemas['Batch']> {
  const all = await sizeOf(path)
  const url = `${engine.url}/v1/batches/${batchId}/rows`
  for (let attempt = 1; ; attempt += 1) {
    let sent = 0
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sent += chunk.length
        options.onBytes(sent, all)
        done(null, chunk)
      },
    })
    const source = createReadStream(path)
    source.on('error', (error) => counted.destroy(error))
    const outcome = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${engine.key}`, 'content-type': 'application/octet-stream' },
      body: Readable.toWeb(source.pipe(counted)) as ReadableStream,
      duplex: 'half',
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    } as RequestInit).then(
      async (response) => ({ status: response.status, body: (await response.json().catch(() => null)) as unknown }),
      (error: unknown) => ({ error }),
    )
    source.destroy()
    options.signal.throwIfAborted()
    if ('status' in outcome && outcome.status === 200) return outcome.body as Schemas['Batch']
    const worthAnother = 'error' in outcome || outcome.status >= 500
    if (!worthAnother || attempt === ATTEMPTS) {
      if ('status' in outcome) throw refusalOf(outcome.status, outcome.body)
      throw new NoAnswer(
        'engine_unreachable',
        `The upload to ${engine.url} broke off. Try again: the same file is the same upload.`,
        outcome.error,
      )
    }
    await delay(WAIT_MS * attempt, undefined, { signal: options.signal })
  }
}

async function sizeOf(path: string): Promise<number> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw invalid('bills_file_unreadable', `${path} cannot be read (${error.code ?? error.message}). Check the path.`)
  })
  if (!info.isFile()) throw invalid('bills_file_unreadable', `${path} is not a file. Name a CSV file or an Excel workbook.`)
  return info.size
}

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
  if (!response.ok || response.body === null) throw refusalOf(response.status, await response.json().catch(() => null))
  const draft = `${to}.part`
  try {
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(draft))
    await rename(draft, to)
  } finally {
    await rm(draft, { force: true })
  }
}

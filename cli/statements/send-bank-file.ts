import { createHash } from 'node:crypto'
import { NoAnswer, type Schemas } from '../../client/index.ts'
import { readAnswer } from '../../client/refusal.ts'
import { readCamt } from '../../formats/camt/read-camt.ts'
import type { Engine } from '../engine.ts'
import { byteProgress } from './byte-progress.ts'
import { counted, openFile } from '../files/open-file.ts'

/** A file of half a gigabyte over a slow line, and the time in which it is read and kept. */
const PATIENCE_MS = 15 * 60_000

/**
 * Sends a bank's file as it is read, so that memory does not grow with it. It is read once before, which finds what is
 * wrong before anything is sent, and makes the key by which the same file sent again is the same request.
 * @throws GojiError `statement_malformed`, `statement_unbalanced`; ApiRefusal; NoAnswer.
 */
export async function sendBankFile(
  { url, key }: Pick<Engine, 'url' | 'key'>,
  path: string,
  signal: AbortSignal,
): Promise<Schemas['Statement']> {
  const hash = createHash('sha256')
  const checked = await openFile(path)
  const reading = byteProgress(checked.size, 'checking')
  try {
    for await (const _ of readCamt(hashed(counted(checked.chunks, reading.update), hash))) signal.throwIfAborted()
  } finally {
    reading.stop()
  }
  const file = await openFile(path)
  const sending = byteProgress(file.size, 'sending')
  const response = await fetch(`${url}/v1/statements`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      accept: 'application/json',
      'content-type': 'application/xml',
      'idempotency-key': hash.digest('base64url'),
    },
    body: ReadableStream.from(counted(file.chunks, sending.update)),
    duplex: 'half',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  } as RequestInit)
    .catch((error: unknown) => {
      signal.throwIfAborted()
      throw new NoAnswer(
        'engine_unreachable',
        `Nothing answers at ${url}. Start the engine with "npm start", or name another address with --url.`,
        error,
      )
    })
    .finally(sending.stop)
  return readAnswer('/v1/statements', response)
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

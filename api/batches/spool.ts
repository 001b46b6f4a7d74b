import { createHash, randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { TableFile } from '../../batches/table-file.ts'
import { GojiError } from '../../domain/errors.ts'
import type { Slowest } from '../http/slowest.ts'
import { paced } from '../http/paced.ts'
import { RequestError } from '../problem.ts'

/** A million rows of ordinary length. */
export const UPLOAD_BYTES_MAX = 256 * 1024 * 1024
/** Uploads that one process takes at a time: each may fill that much of the temporary folder. */
const UPLOADS_MAX = 4

let running = 0

/**
 * Takes an upload into a temporary file that has no name any more when `work` reads it: nothing of it stays behind,
 * whatever happens to the process. An upload that was cut off has done nothing.
 * @throws RequestError `body_too_large`, `body_cut_short`, `request_timeout`; GojiError `uploads_busy` (unavailable), and what `work` throws.
 */
export async function withUpload<T>(
  stream: Readable,
  pace: Slowest['pace'],
  work: (upload: { file: TableFile; sha256: Buffer }) => Promise<T>,
): Promise<T> {
  if (running >= UPLOADS_MAX) throw new GojiError('unavailable', 'uploads_busy', 'Other files are being uploaded. Try again in a moment.')
  running += 1
  try {
    const path = join(tmpdir(), `goji-upload-${randomUUID()}`)
    const handle = await open(path, 'wx+', 0o600)
    try {
      await unlink(path)
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of pieces(stream, pace)) {
        bytes += chunk.length
        if (bytes > UPLOAD_BYTES_MAX) throw tooLarge()
        hash.update(chunk)
        await handle.write(chunk)
      }
      return await work({ file: { name: 'The file', handle, bytes }, sha256: hash.digest() })
    } finally {
      await handle.close()
    }
  } finally {
    running -= 1
    // What still comes after a refusal is thrown away, so that the answer can be read.
    stream.on('error', () => undefined).resume()
  }
}

async function* pieces(stream: Readable, pace: Slowest['pace']): AsyncGenerator<Buffer> {
  try {
    yield* paced(stream, pace)
  } catch (error) {
    if (error instanceof RequestError) throw error
    throw new RequestError(400, 'body_cut_short', 'The body ended before its announced length. Send the file again.')
  }
}

const tooLarge = (): RequestError =>
  new RequestError(413, 'body_too_large', `The file is over the limit of ${UPLOAD_BYTES_MAX >> 20} MiB. Load it in parts.`, {
    headers: { Connection: 'close' },
  })

import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { invalid } from '../domain/errors.ts'

/** A file of bills that is there as a whole, so that it may be read more than once. */
export interface TableFile {
  /** What messages call it. */
  readonly name: string
  readonly handle: FileHandle
  readonly bytes: number
}

/**
 * Opens a file by its path. Whoever opens it closes its handle.
 * @throws GojiError `bills_file_unreadable`.
 */
export async function openTable(path: string): Promise<TableFile> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw invalid('bills_file_unreadable', `${path} cannot be read (${error.code ?? error.message}). Check the path.`)
  })
  const info = await handle.stat()
  if (info.isFile()) return { name: basename(path), handle, bytes: info.size }
  await handle.close()
  // It is read twice, once to check it and once to load it, which a pipe does not allow.
  throw invalid('bills_file_unreadable', `${path} is not a file. Name a CSV file or an Excel workbook.`)
}

const CHUNK_BYTES = 64 * 1024

/** The bytes of an open file from its beginning. A stream of Node's would close the handle where its reader leaves early. */
export async function* bytesOf({ handle }: TableFile): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** The first bytes of a file. */
export async function firstBytes({ handle }: TableFile, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0)
  return buffer.subarray(0, bytesRead)
}

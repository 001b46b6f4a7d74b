import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { text } from 'node:stream/consumers'
import { invalid } from '../../domain/errors.ts'

/** A file to be read once, or what comes on standard input where the name is `-`. */
export interface OpenFile {
  /** Its name without folders. */
  readonly name: string
  /** Bytes; null where nobody knows before the end. */
  readonly size: number | null
  readonly chunks: AsyncIterable<Buffer>
}

/** @throws GojiError `file_unreadable`, also while it is read. */
export async function openFile(path: string): Promise<OpenFile> {
  if (path === '-') return { name: 'standard input', size: null, chunks: process.stdin }
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error)
  })
  if (info.isDirectory()) throw invalid('file_unreadable', `${path} is a folder. Name a file.`)
  return { name: basename(path), size: info.isFile() ? info.size : null, chunks: read(path) }
}

/** The words of a small file. @throws GojiError `file_unreadable`. */
export const readWords = async (path: string): Promise<string> => text((await openFile(path)).chunks)

async function* read(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) yield chunk
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException)
  }
}

const unreadable = (path: string, { code, message }: NodeJS.ErrnoException) =>
  invalid('file_unreadable', `${path} cannot be read (${code ?? message}). Check the path.`)

/** Every chunk as it passes, counted. */
export async function* counted(chunks: AsyncIterable<Buffer>, tell: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    tell(bytes)
    yield chunk
  }
}

import { pipeline, type Readable, Transform } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { type GojiError, invalid } from '../../domain/errors.ts'
import type { TableFile } from '../table-file.ts'

/** A workbook of bills has a dozen parts; one with thousands of sheets is no file of bills. */
const PARTS_MAX = 2_000
/** How parts are packed: as they are, or deflated. Excel uses no other way. */
const STORED = 0
const DEFLATED = 8

/** A ZIP archive whose parts are unpacked as they are read. */
export interface Archive {
  /** A part's bytes; null where there is no such part. @throws GojiError `bills_file_too_large` beyond `bytesMax`, unpacked. */
  open(part: string, bytesMax: number): Promise<Readable | null>
}

/** Reads an archive's directory only. @throws GojiError `bills_file_malformed`. */
export async function openArchive(file: TableFile): Promise<Archive> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    yauzl.fromFd(file.handle.fd, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, opened) =>
      error ? reject(broken(file, error)) : resolve(opened),
    ),
  )
  const parts = await listParts(zip, file)
  return {
    open: async (part, bytesMax) => {
      const entry = parts.get(part)
      if (!entry) return null
      if (entry.uncompressedSize > bytesMax) {
        const remedy = 'Save the sheet as "CSV UTF-8", or load it in parts.'
        throw invalid(
          'bills_file_too_large',
          `${file.name} is too large a workbook: ${part} has more than ${bytesMax >> 20} MiB. ${remedy}`,
        )
      }
      return unpack(zip, entry, file)
    },
  }
}

/**
 * Unpacked here and not by the library, whose own unpacking never ends where the packed bytes are damaged. What the
 * directory says of a part's size is held to while it is unpacked.
 */
async function unpack(zip: ZipFile, entry: Entry, file: TableFile): Promise<Readable> {
  const { compressionMethod: method } = entry
  if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED))
    throw broken(file, new Error('it is encrypted or packed in another way'))
  const packed = await new Promise<Readable>((resolve, reject) =>
    zip.openReadStream(entry, method === DEFLATED ? { decodeFileData: false } : {}, (error, stream) =>
      error ? reject(broken(file, error)) : resolve(stream),
    ),
  )
  const counted = counting(entry.uncompressedSize)
  // Whoever reads the last of them hears of a failure of any; nobody else has to.
  if (method === DEFLATED) pipeline(packed, createInflateRaw(), counted, () => undefined)
  else pipeline(packed, counted, () => undefined)
  return counted
}

function counting(size: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > size) done(new Error('a part is longer than it says'))
      else done(null, chunk)
    },
    flush(done) {
      done(seen === size ? null : new Error('a part is shorter than it says'))
    },
  })
}

function listParts(zip: ZipFile, file: TableFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Entry>()
    zip.on('error', (error: Error) => reject(broken(file, error)))
    zip.on('end', () => resolve(parts))
    zip.on('entry', (entry: Entry) => {
      parts.set(entry.fileName, entry)
      if (parts.size > PARTS_MAX) reject(broken(file, new Error(`it has more than ${PARTS_MAX} parts`)))
      else zip.readEntry()
    })
    zip.readEntry()
  })
}

export const broken = ({ name }: TableFile, error: Error): GojiError =>
  invalid(
    'bills_file_malformed',
    `${name} is not an Excel workbook that can be read (${error.message}). Open it in Excel and save it as .xlsx again.`,
  )

import iconv from 'iconv-lite'
import { type GojiError, invalid } from '../domain/errors.ts'
import { type Encoding, encodingOf, type KnownEncoding } from './encoding.ts'
import { bytesOf, type TableFile } from './table-file.ts'

/** A line of bills is a few hundred characters: one beyond this is no text, or lost its line ends. */
const LINE_BYTES_MAX = 64 * 1024

/**
 * Reads a file as text, whole lines at a time, so that memory stays flat whatever the file is.
 * @throws GojiError `bills_file_binary`, `bills_file_encoding`, naming the line and the remedy.
 */
export async function* readText(file: TableFile, stated: Encoding): AsyncGenerator<string> {
  const { name } = file
  let encoding: KnownEncoding | undefined
  let rest: Buffer = Buffer.alloc(0)
  let line = 1
  const text = (bytes: Buffer, known: KnownEncoding): string => {
    const decoded = decode(bytes, { name, line, encoding: known, stated })
    line += countLines(decoded)
    return decoded
  }
  for await (const chunk of bytesOf(file)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (line === 1) refuseOtherKinds(bytes, name)
    encoding ??= await encodingOf(file, stated)
    // No character of UTF-8 or CP949 but the line end holds its byte, so lines can be cut before they are decoded.
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end > 0) yield text(bytes.subarray(0, end), encoding)
    rest = bytes.subarray(end)
    if (rest.length > LINE_BYTES_MAX)
      throw binary(name, line, 'is longer than 64 KiB. Check that this is a CSV file and that its line ends are there.')
  }
  if (rest.length > 0 && encoding !== undefined) yield text(rest, encoding)
}

const countLines = (text: string): number => text.split('\n').length - 1

interface Place {
  readonly name: string
  readonly line: number
  readonly encoding: KnownEncoding
  readonly stated: Encoding
}

function decode(bytes: Buffer, place: Place): string {
  const { name, line, encoding } = place
  const zero = bytes.indexOf(0)
  if (zero >= 0) {
    const at = line + countLines(bytes.toString('latin1', 0, zero))
    throw binary(name, at, 'holds a zero byte, so this is not a text file. Export the table as "CSV UTF-8".')
  }
  const text = encoding === 'utf-8' ? utf8(bytes) : cp949(bytes)
  if (text === null) throw invalid('bills_file_encoding', `${name}, line ${line + firstUndecodable(bytes, encoding)}: ${remedy(place)}`)
  return text
}

const remedy = ({ stated, encoding }: Place): string =>
  stated === 'auto'
    ? 'the text is neither UTF-8 nor CP949. Save the file as "CSV UTF-8"; it may be in Windows-1252 now.'
    : `the text is not ${encoding === 'utf-8' ? 'UTF-8' : 'CP949'}, as the mapping says. Save the file as "CSV UTF-8", or correct the mapping's encoding.`

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Null where a byte pair stands for no character: the decoder puts U+FFFD there, which CP949 itself does not have. */
function cp949(bytes: Buffer): string | null {
  const text = iconv.decode(bytes, 'cp949')
  return text.includes('\ufffd') ? null : text
}

/** How many lines before it can be decoded. */
function firstUndecodable(bytes: Buffer, encoding: KnownEncoding): number {
  const decodes = encoding === 'utf-8' ? utf8 : cp949
  let lines = 0
  for (let from = 0, end = 0; end !== bytes.length; from = end, lines += 1) {
    end = bytes.indexOf(0x0a, from) + 1 || bytes.length
    if (decodes(bytes.subarray(from, end)) === null) return lines
  }
  return lines
}

/** A kind of file that is often named by mistake is told by its first bytes. */
function refuseOtherKinds(bytes: Buffer, name: string): void {
  const begins = (...start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte)
  if (begins(0xd0, 0xcf, 0x11, 0xe0))
    throw invalid('bills_file_binary', `${name} is a workbook of the old kind (.xls). Save it as .xlsx, or the sheet as "CSV UTF-8".`)
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) throw invalid('bills_file_encoding', `${name} is in UTF-16. Save the file as "CSV UTF-8".`)
}

const binary = (name: string, line: number, what: string): GojiError =>
  invalid('bills_file_binary', `${name}, line ${line}: the line ${what}`)

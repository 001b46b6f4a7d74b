import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type GojiError, invalid } from '../../domain/errors.ts'

/** A line of bills is a few hundred characters: one beyond this is no text, or lost its line ends. */
const LINE_BYTES_MAX = 64 * 1024

/**
 * Reads a file as UTF-8 text, whole lines at a time, so that memory stays flat whatever the file is.
 * @throws GojiError `bills_file_unreadable`, `bills_file_binary`, `bills_file_encoding`, naming the line and the remedy.
 */
export async function* readText(path: string): AsyncGenerator<string> {
  const name = basename(path)
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw invalid('bills_file_unreadable', `${path} cannot be read (${error.code ?? error.message}). Check the path.`)
  })
  // It is read twice, once to check it and once to load it, which a pipe does not allow.
  if (!info.isFile()) throw invalid('bills_file_unreadable', `${path} is not a file. Name a CSV file.`)
  let rest: Buffer = Buffer.alloc(0)
  let line = 1
  const text = (bytes: Buffer): string => {
    const decoded = decode(bytes, name, line)
    line += countLines(decoded)
    return decoded
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (line === 1) refuseOtherKinds(bytes, name)
    // No character of UTF-8 but the line end holds its byte, so lines can be cut before they are decoded.
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end > 0) yield text(bytes.subarray(0, end))
    rest = bytes.subarray(end)
    if (rest.length > LINE_BYTES_MAX)
      throw binary(name, line, 'is longer than 64 KiB. Check that this is a CSV file and that its line ends are there.')
  }
  if (rest.length > 0) yield text(rest)
}

const countLines = (text: string): number => text.split('\n').length - 1

function decode(bytes: Buffer, name: string, line: number): string {
  const zero = bytes.indexOf(0)
  if (zero >= 0) {
    const at = line + countLines(bytes.toString('latin1', 0, zero))
    throw binary(name, at, 'holds a zero byte, so this is not a text file. Export the table as "CSV UTF-8".')
  }
  try {
    return utf8(bytes)
  } catch {
    throw invalid(
      'bills_file_encoding',
      `${name}, line ${line + firstUndecodable(bytes)}: the text is not UTF-8. Save the file as "CSV UTF-8"; it may be in CP949 or Windows-1252 now.`,
    )
  }
}

const utf8 = (bytes: Buffer): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

/** How many lines before it can be decoded. */
function firstUndecodable(bytes: Buffer): number {
  let lines = 0
  for (let from = 0, end = 0; end !== bytes.length; from = end, lines += 1) {
    end = bytes.indexOf(0x0a, from) + 1 || bytes.length
    try {
      utf8(bytes.subarray(from, end))
    } catch {
      return lines
    }
  }
  return lines
}

/** Two kinds of file that are often named by mistake are told by their first bytes. */
function refuseOtherKinds(bytes: Buffer, name: string): void {
  const begins = (...start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte)
  if (begins(0x50, 0x4b, 0x03, 0x04))
    throw invalid('bills_file_binary', `${name} is an Excel workbook or a ZIP file. Open it and save the sheet as "CSV UTF-8".`)
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) throw invalid('bills_file_encoding', `${name} is in UTF-16. Save the file as "CSV UTF-8".`)
}

const binary = (name: string, line: number, what: string): GojiError =>
  invalid('bills_file_binary', `${name}, line ${line}: the line ${what}`)

import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { invalid } from '../../domain/errors.ts'
import { type Header, readHeader } from './header.ts'
import type { Mapping } from './mapping.ts'
import { type FileBill, type Problem, readRow } from './read-row.ts'
import { readText } from './read-text.ts'

/** Beyond this a quote was left open and the rest of the file swallowed. */
const RECORD_LENGTH_MAX = 64 * 1024

/**
 * Streams the bills of a CSV file, each row as a bill or as what is wrong with it. Rows are counted as a spreadsheet
 * shows them: the header is row 1.
 * @throws GojiError where the file as a whole cannot be read: see `readText`, `bills_file_empty`, `bills_header_wrong`, `bills_file_malformed`.
 */
export async function* readBills(path: string, mapping: Mapping): AsyncGenerator<FileBill | Problem[]> {
  const name = basename(path)
  const parser = parse({ bom: true, delimiter: mapping.delimiter, relax_column_count: true, max_record_size: RECORD_LENGTH_MAX })
  const text = Readable.from(readText(path), { objectMode: true })
  // An error of the source would otherwise leave the parser waiting for ever.
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let header: Header | undefined
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1
      if (header === undefined) header = readHeader(name, cells, mapping)
      else if (cells.length > 1 || cells[0] !== '') yield readRow(row, cells, header, mapping)
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(name, row + 1, error) : error
  } finally {
    text.destroy()
  }
  if (header === undefined) throw invalid('bills_file_empty', `${name} is empty. It needs a header and a row for each bill.`)
}

function malformed(name: string, row: number, error: CsvError): Error {
  const why =
    error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is opened and never closed. Close it, or double it where it belongs to the text'
      : `the row is not CSV (${error.message}). Put the cell in quotes and double the quotes inside it`
  return invalid('bills_file_malformed', `${name}, row ${row}: ${why}.`)
}

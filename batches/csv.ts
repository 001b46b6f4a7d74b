import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { invalid } from '../domain/errors.ts'
import type { TableRow } from './cell.ts'
import type { Encoding } from './encoding.ts'
import type { TableFile } from './table-file.ts'
import { readText } from './text.ts'

/** Beyond this a quote was left open and the rest of the file swallowed. */
const RECORD_LENGTH_MAX = 64 * 1024

/**
 * Streams the rows of a CSV file; empty lines are counted and left out.
 * @throws GojiError `bills_file_malformed`, and what `readText` throws.
 */
export async function* readCsv(
  file: TableFile,
  { delimiter, encoding }: { delimiter: string; encoding: Encoding },
): AsyncGenerator<TableRow> {
  const parser = parse({ bom: true, delimiter, relax_column_count: true, max_record_size: RECORD_LENGTH_MAX })
  const text = Readable.from(readText(file, encoding), { objectMode: true })
  // An error of the source would otherwise leave the parser waiting for ever.
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let row = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1
      if (cells.length > 1 || cells[0] !== '') yield { row, cells }
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(file.name, error) : error
  } finally {
    text.destroy()
  }
}

function malformed(name: string, error: CsvError): Error {
  // The parser is ahead of whoever takes its rows, so it counts them itself.
  const row = Number((error as { records?: unknown }).records ?? 0) + 1
  const why =
    error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is opened and never closed. Close it, or double it where it belongs to the text'
      : `the row is not CSV (${error.message}). Put the cell in quotes and double the quotes inside it`
  return invalid('bills_file_malformed', `${name}, row ${row}: ${why}.`)
}

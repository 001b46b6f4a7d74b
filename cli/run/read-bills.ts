import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { invalid } from '../../domain/errors.ts'
import type { Mapping } from './mapping.ts'
import { type FileBill, type Problem, readRow } from './read-row.ts'
import { readText } from './read-text.ts'

/** Beyond this a quote was left open and the rest of the file swallowed. */
const RECORD_LENGTH_MAX = 64 * 1024

/** Where the mapping's columns stand in the file, and how many there are. */
export interface Header {
  readonly places: ReadonlyMap<string, number>
  readonly width: number
}

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

/** @throws GojiError `bills_header_wrong` naming what is missing, for what, and which columns there are. */
function readHeader(name: string, cells: readonly string[], mapping: Mapping): Header {
  const places = new Map(cells.map((cell, index) => [cell.trim(), index]))
  const wanted = Object.entries(wantedColumns(mapping))
  const missing = wanted.filter(([column]) => !places.has(column)).map(([column, use]) => `"${column}" (${use})`)
  const there = `The file has: ${cells.map((cell) => `"${cell.trim()}"`).join(', ')}.`
  if (missing.length > 0) {
    const hint = cells.length === 1 ? ' The mapping may name another delimiter than the file has.' : ''
    throw invalid('bills_header_wrong', `${name}, row 1: the column ${missing.join(' and ')} is not there. ${there} Correct the file or the mapping's columns.${hint}`)
  }
  const twice = wanted.map(([column]) => column).find((column) => cells.filter((cell) => cell.trim() === column).length > 1)
  if (twice !== undefined) throw invalid('bills_header_wrong', `${name}, row 1: the column "${twice}" is there twice. Rename one of them.`)
  return { places, width: cells.length }
}

/** Every column that the mapping names, with the field that names it. */
function wantedColumns({ columns, contacts }: Mapping): Record<string, string> {
  const { dates, details, ...single } = columns
  return Object.fromEntries([
    ...contacts.flatMap((contact, index) => ('column' in contact ? [[contact.column, `contacts/${index}`] as const] : [])),
    ...details.map(({ column }, index) => [column, `columns/details/${index}`] as const),
    ...dates.map((column, index) => [column, `columns/dates/${index}`] as const),
    ...Object.entries(single).map(([field, column]) => [column, `columns/${field}`] as const),
  ])
}

function malformed(name: string, row: number, error: CsvError): Error {
  const why =
    error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote is opened and never closed. Close it, or double it where it belongs to the text'
      : `the row is not CSV (${error.message}). Put the cell in quotes and double the quotes inside it`
  return invalid('bills_file_malformed', `${name}, row ${row}: ${why}.`)
}

import { invalid } from '../domain/errors.ts'
import type { Cell, TableRow } from './cell.ts'
import { readCsv } from './csv.ts'
import { type Header, readHeader } from './header.ts'
import type { Reading } from './reading.ts'
import { firstBytes, type TableFile } from './table-file.ts'
import { readWorkbook } from './xlsx/workbook.ts'

/** A row with what its columns are called. */
export interface HeadedRow extends TableRow {
  readonly header: Header
}

/**
 * Streams the rows of a file of bills below its header: a workbook is told by its first bytes, anything else is CSV.
 * `wanted` names the columns that have to be there, each with the field of the mapping that names it.
 * @throws GojiError where the file as a whole cannot be read: `bills_file_empty`, `bills_header_wrong`, and what the two readers throw.
 */
export async function* readTable(file: TableFile, reading: Reading, wanted: Readonly<Record<string, string>>): AsyncGenerator<HeadedRow> {
  const isBook = await isWorkbook(file)
  const rows = isBook ? readWorkbook(file, reading.sheet) : readCsv(file, reading)
  let header: Header | undefined
  for await (const { row, cells } of rows) {
    if (row < reading.headerRow) continue
    if (header === undefined) header = readHeader(file.name, { row, cells }, wanted)
    // A workbook leaves out the empty cells at the end of a row; in a CSV file a row that is too short lost something.
    else yield { row, cells: isBook ? padded(cells, header.width) : cells, header }
  }
  if (header === undefined) throw invalid('bills_file_empty', `${file.name} is empty. It needs a header and a row for each bill.`)
}

const padded = (cells: readonly Cell[], width: number): readonly Cell[] =>
  cells.length >= width ? cells : [...cells, ...Array.from({ length: width - cells.length }, () => '')]

/** Every .xlsx file is a ZIP archive, and no CSV file begins like one. */
async function isWorkbook(file: TableFile): Promise<boolean> {
  return (await firstBytes(file, 4)).equals(Buffer.of(0x50, 0x4b, 0x03, 0x04))
}

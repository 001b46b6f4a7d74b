import { wantedColumns } from '../../batches/reading.ts'
import { openTable } from '../../batches/table-file.ts'
import { readTable } from '../../batches/table.ts'
import type { Mapping } from './mapping.ts'
import { type FileBill, type Problem, readRow } from './read-row.ts'

/**
 * Streams the bills of a file, each row as a bill or as what is wrong with it. Rows are counted as a spreadsheet shows
 * them: the header is row 1 unless the mapping says otherwise.
 * @throws GojiError where the file as a whole cannot be read: see `openTable` and `readTable`.
 */
export async function* readBills(path: string, mapping: Mapping): AsyncGenerator<FileBill | Problem[]> {
  const file = await openTable(path)
  try {
    const { institution } = mapping.columns
    const wanted = { ...wantedColumns(mapping.reading), [institution]: 'columns/institution' }
    for await (const row of readTable(file, mapping.reading, wanted)) yield readRow(row, mapping)
  } finally {
    await file.handle.close()
  }
}

/**
 * What stands in a cell. A CSV file has text only; a workbook tells numbers and days from text, and `error` is a cell
 * whose value is lost (`#REF!`) or was never exact.
 */
export type Cell = string | { readonly kind: 'number' | 'date' | 'error'; readonly text: string }

/** A row as a spreadsheet counts it: the first is row 1. */
export interface TableRow {
  readonly row: number
  readonly cells: readonly Cell[]
}

/** Blanks around a text are nobody's intention. */
export const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : typeof cell === 'string' ? cell : cell.text).trim()

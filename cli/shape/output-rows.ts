import { type Column, print, printJson, table } from '../output.ts'
import { redraw } from './watch.ts'

/** How the rows of a list are told, once or again and again. */
export interface RowOutput<Row> {
  readonly format: 'table' | 'json'
  readonly columns: readonly Column<Row>[]
  /** What tells a row from the others. */
  readonly keyOf: (row: Row) => string
}

export function printRows<Row>(rows: readonly Row[], { format, columns }: RowOutput<Row>): void {
  if (format === 'json') printJson(rows)
  else print(table(rows, columns))
}

/**
 * Tells rows as they are read: a terminal shows them all, drawn over; elsewhere every row comes once, and again when it has
 * changed. As JSON each is a line of its own.
 */
export function rowTeller<Row>({ format, columns, keyOf }: RowOutput<Row>, isTerminal: boolean): (rows: readonly Row[]) => void {
  const known = new Map<string, string>()
  let isFirst = true
  return (rows) => {
    if (isTerminal && format === 'table') {
      process.stdout.write(redraw(table(rows, columns), new Date().toISOString()))
      return
    }
    const news = rows.filter((row) => known.get(keyOf(row)) !== JSON.stringify(row))
    for (const row of news) known.set(keyOf(row), JSON.stringify(row))
    if (format === 'json') for (const row of news) printJson(row)
    else if (isFirst) print(table(rows, columns))
    else if (news.length > 0) print(table(news, columns).split('\n').slice(1).join('\n'))
    isFirst = false
  }
}

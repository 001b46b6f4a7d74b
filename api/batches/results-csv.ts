import { stringify } from 'csv-stringify/sync'
import { formatAmount } from '../../domain/money.ts'
import type { ListedRow } from '../../store/batches/list-rows.ts'

const COLUMNS = ['row', 'state', 'bill_number', 'bill', 'bill_status', 'amount', 'currency', 'code', 'column', 'message'] as const
/** A spreadsheet takes a cell that begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/

const safe = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** With a byte order mark, without which Excel takes Korean text for another encoding. */
export const RESULTS_HEAD = `\ufeff${stringify([[...COLUMNS]])}`

/** Rows of a batch as CSV. A row with several problems has a line for each. Amounts are numbers and stay as they are. */
export function resultsCsv(rows: readonly ListedRow[]): string {
  return stringify(
    rows.flatMap((row) => {
      const amount = row.amount_minor === null ? '' : formatAmount({ minor: row.amount_minor, currency: row.currency })
      const currency = amount === '' ? '' : row.currency
      const start = [String(row.row), row.state, safe(row.bill_number ?? ''), row.bill_id ?? '', row.status ?? '', amount, currency]
      const problems = row.problems.length > 0 ? row.problems : [{ code: '', column: '', message: '' }]
      return problems.map(({ code, column, message }) => [...start, code, safe(column), safe(message)])
    }),
  )
}

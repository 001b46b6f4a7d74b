import type { Owner } from '../../store/owner.ts'
import { type NewRow, insertRows, knownNumbers } from '../../store/batches/insert-rows.ts'
import { holdUpload } from '../../store/batches/upload.ts'
import type { Sql } from '../../store/connection.ts'
import { transaction } from '../../store/unit/transaction.ts'

/** Rows in one transaction: few enough for others to pass, many enough to be quick. */
const ROWS_AT_ONCE = 500

export interface Upload {
  readonly owner: Owner
  readonly batchId: string
  readonly institutionId: string
  readonly uploadId: string
  readonly now: number
  /** The institution's word for the column of bill numbers. */
  readonly numberColumn: string
}

/** Stores rows as they come, some at a time; memory holds no more of the file than that. */
export async function loadRows(sql: Sql, upload: Upload, rows: AsyncIterable<NewRow>): Promise<void> {
  let page: NewRow[] = []
  for await (const row of rows) {
    page.push(row)
    if (page.length < ROWS_AT_ONCE) continue
    await storePage(sql, upload, page)
    page = []
  }
  if (page.length > 0) await storePage(sql, upload, page)
}

function storePage(sql: Sql, { batchId, institutionId, uploadId, now, numberColumn }: Upload, page: readonly NewRow[]): Promise<void> {
  return transaction(sql, async (tx) => {
    await holdUpload(tx, batchId, uploadId)
    const numbers = page.flatMap(({ billNumber }) => (billNumber === null ? [] : [billNumber]))
    const known = await knownNumbers(tx, { id: batchId, institutionId }, numbers)
    const seen = new Map(known.rows)
    await insertRows(
      tx,
      batchId,
      page.map((row) => {
        const { billNumber } = row
        if (billNumber === null) return row
        const first = seen.get(billNumber)
        if (first === undefined) seen.set(billNumber, row.row)
        if (first !== undefined)
          return refused(
            row,
            numberColumn,
            'bill_number_repeated',
            `stands in row ${first} already. Give the bill its own number or take the row out`,
          )
        return known.taken.has(billNumber)
          ? refused(
              row,
              numberColumn,
              'bill_number_taken',
              'is the number of a bill that is there already. Bill numbers are unique within an institution',
            )
          : row
      }),
      now,
    )
  })
}

const refused = (row: NewRow, column: string, code: string, what: string): NewRow => ({
  ...row,
  valid: null,
  problems: [...row.problems, { code, column, pointer: '/billNumber', message: `"${row.billNumber}" ${what}.` }],
})

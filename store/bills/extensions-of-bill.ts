import type { Queryable } from '../connection.ts'

/** A due date that was put off. Times are milliseconds. */
export interface BillExtension {
  due_date: string
  /** Null where no date could be named: a pause was open. */
  due_before: number | null
  /** The institution's own; null where the citizen asked for it. */
  reason: string | null
  by_citizen: boolean
  at: number
}

export const extensionsOfBill = (sql: Queryable, billId: string): Promise<BillExtension[]> =>
  sql<BillExtension[]>`select due_date, due_before, reason, by_citizen, at from extensions where bill_id = ${billId} order by seq`

import type { Queryable } from '../connection.ts'

/** What an amendment changed; null where that stayed as it was. Times are milliseconds. */
export interface BillAmendment {
  revision: number
  amount_before_minor: bigint | null
  amount_minor: bigint | null
  due_date: string | null
  details_changed: boolean
  served_again: boolean
  reason: string
  at: number
}

export const amendmentsOfBill = (sql: Queryable, billId: string): Promise<BillAmendment[]> =>
  sql<BillAmendment[]>`
    select revision, amount_before_minor, amount_minor, due_date, details is not null as details_changed, served_again, reason, at
    from amendments where bill_id = ${billId} order by revision`

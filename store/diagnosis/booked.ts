import type { BillStatus } from '../../domain/states/bill.ts'
import type { Stage } from '../../domain/step.ts'
import type { Queryable } from '../connection.ts'

/** What the books say of a bill that its run says too. */
export interface BookedBill {
  id: string
  stage: Stage
  status: BillStatus
  /** A pause is open; one of a bill that is over stops nothing. */
  pause_open: boolean
  changed_at: number
}

/** Those of these bills that the books know. */
export const bookedBills = (sql: Queryable, ids: readonly string[]): Promise<BookedBill[]> =>
  sql<BookedBill[]>`
    select id, stage, status, changed_at, exists (select from pauses p where p.bill_id = b.id and p.until_at is null) as pause_open
    from bills b where id = any(${ids as string[]})`

/** Bills that are not over and did not change since `before` (milliseconds), in the order of their ids. */
export const openBills = (sql: Queryable, page: { after: string; before: number; limit: number }): Promise<BookedBill[]> =>
  sql<BookedBill[]>`
    select id, stage, status, changed_at, exists (select from pauses p where p.bill_id = b.id and p.until_at is null) as pause_open
    from bills b where stage <> 'closed' and id > ${page.after} and changed_at < ${page.before} order by id limit ${page.limit}`

export interface BookedCheckout {
  id: string
  state: string
}

/** Those of these checkouts that the books know. */
export const bookedCheckouts = (sql: Queryable, ids: readonly string[]): Promise<BookedCheckout[]> =>
  sql<BookedCheckout[]>`select id, state from checkouts where id = any(${ids as string[]})`

/** Checkouts that have not ended, in the order of their ids. */
export const openCheckouts = (sql: Queryable, page: { after: string; before: number; limit: number }): Promise<BookedCheckout[]> =>
  sql<BookedCheckout[]>`
    select id, state from checkouts where ended_at is null and id > ${page.after} and created_at < ${page.before} order by id limit ${page.limit}`

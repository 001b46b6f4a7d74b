import type { Queryable } from '../connection.ts'

export interface CheckoutBill {
  bill_id: string
  amount_minor: bigint
  outcome: 'allocated' | 'refunded' | 'held' | 'credited' | 'released' | null
}

/** The bills of a checkout in the order of their ids; the set never changes once it is made. */
export const checkoutBills = (sql: Queryable, checkoutId: string): Promise<CheckoutBill[]> =>
  sql<CheckoutBill[]>`select bill_id, amount_minor, outcome from checkout_bills where checkout_id = ${checkoutId} order by bill_id`

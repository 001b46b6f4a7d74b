import type { Currency } from '../../domain/currencies.ts'
import type { PaymentState } from '../../domain/states/payment.ts'
import type { Queryable } from '../connection.ts'

export interface BillPayment {
  id: string
  /** Null for money that came without a checkout of ours. */
  checkout_id: string | null
  method: string
  currency: Currency
  /** This bill's part. */
  amount_minor: bigint
  state: PaymentState
  paid_at: number
  settled_at: number | null
  /** How many bills the same payment paid. */
  bills: number
}

export const paymentsOfBill = (sql: Queryable, billId: string): Promise<BillPayment[]> =>
  sql<BillPayment[]>`
    select p.id, p.checkout_id, p.method, p.currency, a.amount_minor, p.state, p.paid_at, p.settled_at,
      (select count(*) from checkout_bills c where c.checkout_id = p.checkout_id)::int as bills
    from allocations a join payments p on p.id = a.payment_id where a.bill_id = ${billId} and a.amount_minor > 0 order by p.paid_at, p.id`

import type { Currency } from '../../domain/currencies.ts'
import type { RefundState } from '../../domain/states/refund.ts'
import type { Queryable } from '../connection.ts'

export interface BillRefund {
  id: string
  payment_id: string
  currency: Currency
  amount_minor: bigint
  /** False for money that the bill never took: paid twice, or cancelled meanwhile. */
  from_allocation: boolean
  state: RefundState
  reason: string
  failure_code: string | null
  requested_at: number
  refunded_at: number | null
}

export const refundsOfBill = (sql: Queryable, billId: string): Promise<BillRefund[]> =>
  sql<BillRefund[]>`
    select id, payment_id, currency, amount_minor, from_allocation, state, reason, failure_code, requested_at, refunded_at
    from refunds where bill_id = ${billId} order by requested_at, id`

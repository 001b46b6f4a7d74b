import type { Currency } from '../../domain/currencies.ts'
import type { RefundState } from '../../domain/states/refund.ts'
import type { Queryable } from '../connection.ts'
import type { CheckoutBill } from './checkout-bills.ts'

/** What became of one bill in a checkout. */
export interface CheckoutResult {
  bill_id: string
  citizen_id: string
  bill_number: string
  title: string
  institution_ko: string
  institution_en: string
  zone: string
  currency: Currency
  amount_minor: bigint
  outcome: CheckoutBill['outcome']
  /** The part that paid the bill; zero before a payment. */
  allocated_minor: bigint
  /** The part that the bill could not take; zero where there is none. */
  refund_minor: bigint
  refund_reason: string | null
  refund_state: RefundState | null
}

export const checkoutResult = (sql: Queryable, checkoutId: string): Promise<CheckoutResult[]> =>
  sql<CheckoutResult[]>`
    select c.bill_id, b.citizen_id, b.bill_number, b.title, i.name_ko as institution_ko, i.name_en as institution_en, i.zone, b.currency, c.amount_minor, c.outcome,
      coalesce(a.amount_minor, 0) as allocated_minor, coalesce(r.amount_minor, 0) as refund_minor, r.reason as refund_reason, r.state as refund_state
    from checkout_bills c join bills b on b.id = c.bill_id join institutions i on i.id = b.institution_id
      left join payments p on p.checkout_id = c.checkout_id
      left join allocations a on a.payment_id = p.id and a.bill_id = c.bill_id
      left join lateral (select * from refunds r where r.payment_id = p.id and r.bill_id = c.bill_id and not r.from_allocation order by r.requested_at, r.id limit 1) r on true
    where c.checkout_id = ${checkoutId} order by i.name_ko, b.bill_number`

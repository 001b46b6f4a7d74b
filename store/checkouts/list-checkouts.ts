import type { Currency } from '../../domain/currencies.ts'
import type { CheckoutState } from '../../domain/states/checkout.ts'
import type { Queryable } from '../connection.ts'
import type { Owner } from '../owner.ts'

export interface ListedCheckout {
  id: string
  state: CheckoutState
  currency: Currency
  amount_minor: bigint
  bills: number
  gateway: string
  failure_code: string | null
  created_at: number
  expires_at: number
  ended_at: number | null
}

/** Times are milliseconds; what is undefined is not asked for. */
export interface CheckoutFilter {
  readonly state?: CheckoutState | undefined
  readonly bill?: string | undefined
  readonly createdAfter?: number | undefined
  readonly createdBefore?: number | undefined
}

/** Checkouts whose bills are all the caller's, the newest first, from the one after `before`. */
export function listCheckouts(
  sql: Queryable,
  { institutionId, mode }: Owner,
  { state, bill, createdAfter, createdBefore }: CheckoutFilter,
  page: { before: string | null; limit: number },
): Promise<ListedCheckout[]> {
  const none = sql``
  return sql<ListedCheckout[]>`
    select k.id, k.state, k.currency, k.amount_minor, k.gateway, k.failure_code, k.created_at, k.expires_at, k.ended_at,
      (select count(*)::int from checkout_bills c where c.checkout_id = k.id) as bills
    from checkouts k where k.mode = ${mode}
      ${institutionId === null ? none : sql`and k.institution_id = ${institutionId}`}
      ${page.before === null ? none : sql`and k.id < ${page.before}`}
      ${state === undefined ? none : sql`and k.state = ${state}`}
      ${bill === undefined ? none : sql`and k.id in (select checkout_id from checkout_bills where bill_id = ${bill})`}
      ${createdAfter === undefined ? none : sql`and k.created_at >= ${createdAfter}`}
      ${createdBefore === undefined ? none : sql`and k.created_at < ${createdBefore}`}
    order by k.id desc limit ${page.limit}`
}

import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import type { PaymentState } from '../../domain/states/payment.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** What of a payment is for one of the caller's bills. */
export interface PaymentPart {
  bill_id: string
  /** Minor units as text, for the number of JSON is a float. */
  allocated: string
  kept: string
  refunded: string
}

export interface ListedPayment {
  id: string
  checkout_id: string | null
  gateway: string
  reference: string
  method: string
  currency: Currency
  state: PaymentState
  paid_at: number
  paid_at_source: 'gateway' | 'bank'
  recorded_at: number
  settled_at: number | null
  parts: PaymentPart[]
}

/** Times are milliseconds; what is undefined is not asked for. */
export interface PaymentFilter {
  readonly id?: string
  readonly state?: PaymentState | undefined
  readonly method?: string | undefined
  readonly institution?: string | undefined
  readonly bill?: string | undefined
  readonly paidAfter?: number | undefined
  readonly paidBefore?: number | undefined
}

/**
 * Payments with something in them for the caller's bills, the newest first, from the one after `before`. What they hold
 * for others is not told: one payment may pay bills of several institutions.
 */
export function listPayments(
  sql: Queryable,
  owner: Owner,
  filter: PaymentFilter,
  page: { before: string | null; limit: number },
): Promise<ListedPayment[]> {
  const none = sql``
  const { id, state, method, institution, bill, paidAfter, paidBefore } = filter
  return sql<ListedPayment[]>`
    select p.id, p.checkout_id, p.gateway, p.reference, p.method, p.currency, p.state, p.paid_at, p.paid_at_source, p.recorded_at, p.settled_at, of_caller.parts
    from payments p cross join lateral (
      select json_agg(json_build_object('bill_id', b.id, 'allocated', x.allocated::text, 'kept', x.kept::text, 'refunded', x.refunded::text) order by b.id) as parts
      from (
        select bill_id, sum(allocated) as allocated, sum(kept) as kept, sum(refunded) as refunded from (
          select bill_id, amount_minor as allocated, 0::bigint as kept, 0::bigint as refunded from allocations where payment_id = p.id
          union all select bill_id, 0, amount_minor - used_minor, 0 from excesses where payment_id = p.id
          union all select bill_id, 0, 0, amount_minor from refunds where payment_id = p.id and state = 'succeeded'
          union all select bill_id, 0, 0, 0 from refunds where payment_id = p.id) each group by bill_id) x
        join bills b on b.id = x.bill_id
      where ${ownedBy(sql, owner)}
        ${institution === undefined ? none : sql`and b.institution_id = ${institution}`}
        ${bill === undefined ? none : sql`and b.id = ${bill}`}) of_caller
    where of_caller.parts is not null
      ${id === undefined ? none : sql`and p.id = ${id}`}
      ${page.before === null ? none : sql`and p.id < ${page.before}`}
      ${state === undefined ? none : sql`and p.state = ${state}`}
      ${method === undefined ? none : sql`and p.method = ${method}`}
      ${paidAfter === undefined ? none : sql`and p.paid_at >= ${paidAfter}`}
      ${paidBefore === undefined ? none : sql`and p.paid_at < ${paidBefore}`}
    order by p.id desc limit ${page.limit}`
}

/** @throws GojiError `payment_not_found`, also where nothing of it is the caller's. */
export async function readPayment(sql: Queryable, owner: Owner, id: string): Promise<ListedPayment> {
  const [row] = await listPayments(sql, owner, { id }, { before: null, limit: 1 })
  if (!row) throw notFound('payment')
  return row
}

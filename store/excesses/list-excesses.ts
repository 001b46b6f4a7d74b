import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

export interface ListedExcess {
  id: string
  payment_id: string
  bill_id: string
  institution_id: string
  kind: 'held' | 'credit'
  currency: Currency
  amount_minor: bigint
  used_minor: bigint
  at: number
  owner: string | null
  /** Amounts are minor units as text, for the number of JSON is a float. */
  uses: { billId: string | null; refundId: string | null; amount: string; at: number }[]
}

export interface ExcessFilter {
  readonly id?: string
  readonly kind?: 'held' | 'credit' | undefined
  /** With something left, or used up. */
  readonly open?: boolean | undefined
  readonly bill?: string | undefined
}

/** Money that bills could not take and that was kept, of the caller's bills, the newest first, from the one after `before`. */
export function listExcesses(
  sql: Queryable,
  owner: Owner,
  { id, kind, open, bill }: ExcessFilter,
  page: { before: string | null; limit: number },
): Promise<ListedExcess[]> {
  const none = sql``
  return sql<ListedExcess[]>`
    select x.id, x.payment_id, x.bill_id, x.institution_id, x.kind, x.currency, x.amount_minor, x.used_minor, x.at,
      (select e.owner from exceptions e where e.kind = 'excessHeld' and e.subject_id = x.id and e.closed_at is null) as owner,
      coalesce((select json_agg(json_build_object('billId', u.bill_id, 'refundId', u.refund_id, 'amount', u.amount_minor::text,
          'at', (extract(epoch from u.at) * 1000)::bigint) order by u.id) from excess_uses u where u.excess_id = x.id), '[]') as uses
    from excesses x join bills b on b.id = x.bill_id where ${ownedBy(sql, owner)}
      ${id === undefined ? none : sql`and x.id = ${id}`}
      ${page.before === null ? none : sql`and x.id < ${page.before}`}
      ${kind === undefined ? none : sql`and x.kind = ${kind}`}
      ${open === undefined ? none : sql`and (x.used_minor < x.amount_minor) = ${open}`}
      ${bill === undefined ? none : sql`and (x.bill_id = ${bill} or exists (select from excess_uses u where u.excess_id = x.id and u.bill_id = ${bill}))`}
    order by x.id desc limit ${page.limit}`
}

/** @throws GojiError `excess_not_found`, also for somebody else's. */
export async function readExcess(sql: Queryable, owner: Owner, id: string): Promise<ListedExcess> {
  const [row] = await listExcesses(sql, owner, { id }, { before: null, limit: 1 })
  if (!row) throw notFound('excess')
  return row
}

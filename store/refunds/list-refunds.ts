import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import type { RefundState } from '../../domain/states/refund.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

export interface ListedRefund {
  id: string
  bill_id: string
  institution_id: string
  payment_id: string
  currency: Currency
  amount_minor: bigint
  from_allocation: boolean
  cancel_charge: boolean
  state: RefundState
  reason: string
  note: string | null
  reference: string | null
  failure_code: string | null
  from_bank: boolean
  taken_back: boolean
  requested_by: string
  decided_by: string | null
  decided_at: number | null
  decision_note: string | null
  requested_at: number
  submitted_at: number | null
  refunded_at: number | null
  settled_at: number | null
  account: { bank: string; number: string; holder: string } | null
  exception: { kind: string; owner: string; openedAt: number } | null
}

/** Times are milliseconds; what is undefined is not asked for. */
export interface RefundFilter {
  readonly id?: string
  readonly state?: RefundState | undefined
  readonly institution?: string | undefined
  readonly bill?: string | undefined
  readonly payment?: string | undefined
  readonly requestedAfter?: number | undefined
  readonly requestedBefore?: number | undefined
}

/** Refunds of the caller's bills, the newest first, from the one after `before`. Its account is personal: mask it. */
export function listRefunds(
  sql: Queryable,
  owner: Owner,
  filter: RefundFilter,
  page: { before: string | null; limit: number },
): Promise<ListedRefund[]> {
  const none = sql``
  const { id, state, institution, bill, payment, requestedAfter, requestedBefore } = filter
  return sql<ListedRefund[]>`
    select r.id, r.bill_id, r.institution_id, r.payment_id, r.currency, r.amount_minor, r.from_allocation, r.cancel_charge, r.state, r.reason, r.note,
      r.reference, r.failure_code, r.from_bank, r.taken_back, r.requested_by, r.decided_by, r.decided_at, r.decision_note, r.requested_at, r.submitted_at, r.refunded_at, r.settled_at,
      (select json_build_object('bank', a.bank, 'number', a.number, 'holder', a.holder) from refund_accounts a where a.refund_id = r.id) as account,
      (select json_build_object('kind', e.kind, 'owner', e.owner, 'openedAt', (extract(epoch from e.opened_at) * 1000)::bigint)
        from exceptions e where e.subject_id = r.id and e.closed_at is null order by e.opened_at limit 1) as exception
    from refunds r join bills b on b.id = r.bill_id where ${ownedBy(sql, owner)}
      ${id === undefined ? none : sql`and r.id = ${id}`}
      ${page.before === null ? none : sql`and (r.requested_at, r.id) < (select requested_at, id from refunds where id = ${page.before})`}
      ${state === undefined ? none : sql`and r.state = ${state}`}
      ${institution === undefined ? none : sql`and r.institution_id = ${institution}`}
      ${bill === undefined ? none : sql`and r.bill_id = ${bill}`}
      ${payment === undefined ? none : sql`and r.payment_id = ${payment}`}
      ${requestedAfter === undefined ? none : sql`and r.requested_at >= ${requestedAfter}`}
      ${requestedBefore === undefined ? none : sql`and r.requested_at < ${requestedBefore}`}
    order by r.requested_at desc, r.id desc limit ${page.limit}`
}

/** @throws GojiError `refund_not_found`, also for somebody else's. */
export async function readRefund(sql: Queryable, owner: Owner, id: string): Promise<ListedRefund> {
  const [row] = await listRefunds(sql, owner, { id }, { before: null, limit: 1 })
  if (!row) throw notFound('refund')
  return row
}

import { notFound } from '../../domain/errors.ts'
import type { DeliveryState } from '../../domain/states/delivery.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'
import type { BillDelivery } from './deliveries-of-bill.ts'

export interface ListedDelivery extends BillDelivery {
  bill_id: string
  bill_number: string
  institution_id: string
  reference: string | null
  resend_at: number | null
  exception_id: string | null
  exception_closed_at: number | null
}

/** Times are milliseconds; what is undefined is not asked for. */
export interface DeliveryFilter {
  readonly id?: string | undefined
  readonly billId?: string | undefined
  readonly state?: DeliveryState | undefined
  readonly channel?: string | undefined
  readonly purpose?: BillDelivery['purpose'] | undefined
  readonly attemptedAfter?: number | undefined
  readonly attemptedBefore?: number | undefined
}

/** Deliveries of bills that the caller owns, the newest first, from the one after `before`. */
export function listDeliveries(
  sql: Queryable,
  owner: Owner,
  filter: DeliveryFilter,
  page: { before: string | null; limit: number },
): Promise<ListedDelivery[]> {
  const { id, billId, state, channel, purpose, attemptedAfter, attemptedBefore } = filter
  const none = sql``
  return sql<ListedDelivery[]>`
    select d.id, d.key, d.purpose, d.channel, d.state, d.failure_kind, d.failure_code, d.attempts, d.possible_duplicate, d.attempted_at, d.accepted_at, d.delivered_at,
      d.read_at, d.ended_at, d.return_reason, d.cost_minor, d.reference, d.resend_at, b.currency, b.id as bill_id, b.bill_number, b.institution_id,
      e.id as exception_id, e.closed_at as exception_closed_at
    from deliveries d join bills b on b.id = d.bill_id left join exceptions e on e.kind = 'returnedMail' and e.subject_id = d.id
    where ${ownedBy(sql, owner)}
      ${owner.institutionId === null ? none : sql`and d.institution_id = ${owner.institutionId}`}
      ${page.before === null ? none : sql`and (d.begun_at, d.id) < (select begun_at, id from deliveries where id = ${page.before})`}
      ${id === undefined ? none : sql`and d.id = ${id}`}
      ${billId === undefined ? none : sql`and d.bill_id = ${billId}`}
      ${state === undefined ? none : sql`and d.state = ${state}`}
      ${channel === undefined ? none : sql`and d.channel = ${channel}`}
      ${purpose === undefined ? none : sql`and d.purpose = ${purpose}`}
      ${attemptedAfter === undefined ? none : sql`and d.attempted_at >= ${attemptedAfter}`}
      ${attemptedBefore === undefined ? none : sql`and d.attempted_at < ${attemptedBefore}`}
    order by d.begun_at desc, d.id desc limit ${page.limit}`
}

/** @throws GojiError `delivery_not_found`, also for somebody else's. */
export async function readDelivery(sql: Queryable, owner: Owner, id: string): Promise<ListedDelivery> {
  const [row] = await listDeliveries(sql, owner, { id }, { before: null, limit: 1 })
  if (!row) throw notFound('delivery')
  return row
}

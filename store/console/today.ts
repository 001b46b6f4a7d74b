import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'
import type { Owner } from '../owner.ts'

/** What happened at an institution since its day began, and what stands open. */
export interface Today {
  id: string
  name_ko: string
  name_en: string
  zone: string
  currency: Currency
  issued: number
  delivered: number
  paid: number
  fell_due: number
  settled: number
  /** Decimal string in the institution's currency. */
  paid_amount: string
  overdue: number
  overdue_minor: bigint
  exceptions: number
  oldest_exception_at: number | null
  objections: number
  oldest_objection_at: number | null
  refunds: number
  oldest_refund_at: number | null
}

/** One row for each institution that the owner sees, by name, in that institution's own day. */
export const today = (sql: Queryable, owner: Owner, now: number, limit: number): Promise<Today[]> =>
  sql<Today[]>`
    select i.id, i.name_ko, i.name_en, i.zone, i.currency, v.*, b.*, x.*, o.*, r.*
    from institutions i,
      lateral (
        select (count(*) filter (where type = 'bill.issued'))::int as issued, (count(*) filter (where type = 'bill.delivered'))::int as delivered,
          (count(*) filter (where type = 'bill.paid'))::int as paid, (count(*) filter (where type = 'bill.overdue'))::int as fell_due,
          (count(*) filter (where type = 'bill.settled'))::int as settled,
          coalesce(sum((data->>'amount')::numeric) filter (where type in ('bill.paid', 'bill.partly_paid')), 0)::text as paid_amount
        from events where institution_id = i.id and mode = ${owner.mode}
          and at >= date_trunc('day', ${now}::timestamptz at time zone i.zone) at time zone i.zone) v,
      lateral (
        select count(*)::int as overdue, coalesce(sum(charged_minor - (paid_minor - refunded_minor) - written_off_minor - cancelled_minor), 0)::bigint as overdue_minor
        from bills where institution_id = i.id and mode = ${owner.mode} and status = 'overdue') b,
      lateral (
        select count(*)::int as exceptions, min(e.opened_at) as oldest_exception_at from exceptions e join bills on bills.id = e.bill_id
        where e.institution_id = i.id and bills.mode = ${owner.mode} and e.closed_at is null) x,
      lateral (
        select count(*)::int as objections, min(j.filed_at) as oldest_objection_at from objections j join bills on bills.id = j.bill_id
        where bills.institution_id = i.id and bills.mode = ${owner.mode} and j.state = 'filed') o,
      lateral (
        select count(*)::int as refunds, min(f.requested_at) as oldest_refund_at from refunds f join bills on bills.id = f.bill_id
        where f.institution_id = i.id and bills.mode = ${owner.mode} and f.state not in ('succeeded', 'failed', 'declined')) r
    where ${owner.institutionId === null ? sql`true` : sql`i.id = ${owner.institutionId}`} order by i.name_ko limit ${limit}`

import type { Currency } from '../../domain/currencies.ts'
import { BILL_STATUSES, isFinalStatus } from '../../domain/states/bill.ts'
import type { Queryable } from '../connection.ts'
import { type Cohort, inCohort } from './cohort.ts'

const FINAL: string[] = BILL_STATUSES.filter(isFinalStatus)

/** An institution's bills of one currency: for each column how many bills have something there, and its sum in minor units. */
export interface InstitutionSums {
  name: string
  currency: Currency
  bills: number
  final: number
  issued_bills: number
  issued_minor: bigint
  surcharged_bills: number
  surcharged_minor: bigint
  reduced_bills: number
  reduced_minor: bigint
  paid_bills: number
  paid_minor: bigint
  refunded_bills: number
  refunded_minor: bigint
  settled_bills: number
  settled_minor: bigint
  written_off_bills: number
  written_off_minor: bigint
  cancelled_bills: number
  cancelled_minor: bigint
  outstanding_bills: number
  outstanding_minor: bigint
}

/**
 * What was paid includes money that a bill never took and that went back (paid twice, cancelled meanwhile), on both
 * sides, so that always issued + surcharged - reduced = paid - refunded + written off + cancelled + outstanding.
 */
export const institutionSums = (sql: Queryable, cohort: Cohort): Promise<InstitutionSums[]> =>
  sql<InstitutionSums[]>`
    with sums as (
      select i.name_en as name, b.institution_id, b.currency, b.status, b.charged_minor - b.surcharged_minor + b.reduced_minor as issued, b.surcharged_minor as surcharged, b.reduced_minor as reduced, b.paid_minor + coalesce(x.back, 0) as paid,
        b.refunded_minor + coalesce(x.back, 0) as refunded, b.settled_minor as settled, b.written_off_minor as written_off, b.cancelled_minor as cancelled,
        b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor as outstanding
      from bills b join institutions i on i.id = b.institution_id
        left join (select bill_id, currency, sum(amount_minor) as back from refunds where not from_allocation and state = 'succeeded' group by 1, 2) x
          on x.bill_id = b.id and x.currency = b.currency
      where ${inCohort(sql, cohort)})
    select name, currency, count(*)::int as bills,
      (count(*) filter (where status = any(${FINAL})))::int as final,
      (count(*) filter (where issued > 0))::int as issued_bills, sum(issued)::bigint as issued_minor,
      (count(*) filter (where surcharged > 0))::int as surcharged_bills, sum(surcharged)::bigint as surcharged_minor,
      (count(*) filter (where reduced > 0))::int as reduced_bills, sum(reduced)::bigint as reduced_minor,
      (count(*) filter (where paid > 0))::int as paid_bills, sum(paid)::bigint as paid_minor,
      (count(*) filter (where refunded > 0))::int as refunded_bills, sum(refunded)::bigint as refunded_minor,
      (count(*) filter (where settled > 0))::int as settled_bills, sum(settled)::bigint as settled_minor,
      (count(*) filter (where written_off > 0))::int as written_off_bills, sum(written_off)::bigint as written_off_minor,
      (count(*) filter (where cancelled > 0))::int as cancelled_bills, sum(cancelled)::bigint as cancelled_minor,
      (count(*) filter (where outstanding > 0))::int as outstanding_bills, sum(outstanding)::bigint as outstanding_minor
    from sums group by institution_id, name, currency order by name, institution_id, currency`

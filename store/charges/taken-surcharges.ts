import type { TakenSurcharge } from '../../domain/surcharge.ts'
import type { Queryable } from '../connection.ts'

/**
 * The surcharges that a bill has taken, in their order, with what of each was taken back since. An amendment that lowered the
 * principal lowered the base with it, whether or not a unit of the surcharge was to be taken back for it.
 */
export const takenSurcharges = (sql: Queryable, billId: string): Promise<TakenSurcharge[]> =>
  sql<TakenSurcharge[]>`
    with rows as (
      select *, sum(case when kind in ('issued', 'increase') then amount_minor when kind = 'decrease' then -amount_minor else 0 end) over (order by seq) as principal
      from charges where bill_id = ${billId}),
    standing as (select *, min(principal) over (order by seq desc) as lowest from rows)
    select c.seq, c.counts_at as at, c.amount_minor as minor, greatest(0, c.base_minor - coalesce(b.base, 0) - (c.principal - c.lowest))::bigint as "baseMinor",
      c.lowest::bigint as "principalMinor", c.percent, coalesce(b.back, 0)::bigint as "takenBackMinor"
    from standing c left join lateral (select sum(amount_minor) as back, sum(base_minor) as base from charges t where t.bill_id = c.bill_id and t.takes_back = c.seq) b on true
    where c.kind = 'surcharge' order by c.seq`

import type { TakenSurcharge } from '../../domain/surcharge.ts'
import type { Queryable } from '../connection.ts'

/** The surcharges that a bill has taken, in their order, with what of each was taken back since. */
export const takenSurcharges = (sql: Queryable, billId: string): Promise<TakenSurcharge[]> =>
  sql<TakenSurcharge[]>`
    select c.seq, c.counts_at as at, c.amount_minor as minor, (c.base_minor - coalesce(b.base, 0))::bigint as "baseMinor", c.percent, coalesce(b.back, 0)::bigint as "takenBackMinor"
    from charges c left join lateral (
      select sum(amount_minor) as back, sum(base_minor) as base from charges t where t.bill_id = c.bill_id and t.takes_back = c.seq) b on true
    where c.bill_id = ${billId} and c.kind = 'surcharge' order by c.seq`

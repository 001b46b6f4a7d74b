import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'
import { type Cohort, inCohort } from './cohort.ts'

/** How the bills of a report were paid: the parts of payments that are theirs, by method and currency. */
export interface MethodSums {
  method: string
  currency: Currency
  payments: number
  amount_minor: bigint
}

export const methodSums = (sql: Queryable, cohort: Cohort): Promise<MethodSums[]> =>
  sql<MethodSums[]>`
    select p.method, p.currency, count(distinct p.id)::int as payments, sum(part.amount_minor)::bigint as amount_minor
    from (
      select payment_id, bill_id, amount_minor from allocations where amount_minor > 0
      union all
      select payment_id, bill_id, amount_minor from refunds where not from_allocation and state = 'succeeded'
    ) part join payments p on p.id = part.payment_id join bills b on b.id = part.bill_id join institutions i on i.id = b.institution_id
    where ${inCohort(sql, cohort)} group by p.method, p.currency order by p.method, p.currency`

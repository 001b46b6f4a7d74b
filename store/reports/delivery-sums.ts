import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'
import { type Cohort, inCohort } from './cohort.ts'

/** An institution's bills whose notices took the same way, and what became of everything that was sent about them. */
export interface DeliverySums {
  name: string
  currency: Currency
  /** The channels in the order in which they were tried. */
  path: string[]
  /** What a registered letter costs by the policy, as it stands there; null where it says nothing. */
  registered_letter: string | null
  bills: number
  sent: number
  delivered: number
  read: number
  returned: number
  recalled: number
  cost_minor: bigint
}

export const deliverySums = (sql: Queryable, cohort: Cohort): Promise<DeliverySums[]> =>
  sql<DeliverySums[]>`
    with ways as (
      select i.name_en as name, b.institution_id, b.currency, p.body -> 'registeredLetter' ->> 'amount' as registered_letter, d.*,
        array(select c.channel from deliveries c where c.bill_id = b.id and c.purpose = 'notice' group by c.channel order by min(c.attempted_at), c.channel) as path
      from bills b join institutions i on i.id = b.institution_id join policies p on p.id = b.policy_id
        join lateral (
          select count(*) filter (where accepted_at is not null and state <> 'recalled') as sent,
            count(*) filter (where delivered_at is not null and ended_at is null) as delivered, count(*) filter (where read_at is not null) as read,
            count(*) filter (where state = 'returned') as returned, count(*) filter (where state = 'recalled') as recalled,
            coalesce(sum(cost_minor), 0) as cost
          from deliveries where bill_id = b.id having count(*) > 0) d on true
      where ${inCohort(sql, cohort)})
    select name, currency, path, registered_letter, count(*)::int as bills, sum(sent)::int as sent, sum(delivered)::int as delivered, sum(read)::int as read,
      sum(returned)::int as returned, sum(recalled)::int as recalled, sum(cost)::bigint as cost_minor
    from ways where cardinality(path) > 0
    group by institution_id, name, currency, path, registered_letter order by name, institution_id, currency, path, registered_letter`

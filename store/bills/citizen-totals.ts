import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'

/** What pays a citizen's bills of one currency in full now, over all institutions and pages. */
export interface CitizenTotal {
  currency: Currency
  owed_minor: bigint
  bills: number
  overdue: number
}

export const citizenTotals = (sql: Queryable, citizenId: string, now: number): Promise<CitizenTotal[]> =>
  sql<CitizenTotal[]>`
    select currency, sum(charged_minor - (paid_minor - refunded_minor) - written_off_minor - cancelled_minor
        - case when early_until is null or early_until >= ${now} then early_minor else 0 end)::bigint as owed_minor,
      count(*)::int as bills, (count(*) filter (where status = 'overdue'))::int as overdue
    from bills where citizen_id = ${citizenId} and asks_money and status in ('issued', 'delivered', 'overdue')
    group by currency order by count(*) desc, currency`

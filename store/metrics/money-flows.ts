import type { Queryable } from '../connection.ts'
import { firstIdAt } from '../ids.ts'

/** Where money went. `settled`: what gateways' settlement files brought of payments. `excess`: the part of payments that no bill took. */
export const MONEY_FLOWS = ['captured', 'refunded', 'settled', 'excess'] as const

export interface MoneyFlow {
  flow: (typeof MONEY_FLOWS)[number]
  currency: string
  /** Bookings, and their sum in minor units. */
  bookings: number
  units: bigint
}

/**
 * What was booked from a moment to another (milliseconds). Ids carry their time and the ledger is append-only, so this
 * reads that stretch of the primary keys and nothing else.
 */
export const moneyFlows = (sql: Queryable, from: number, to: number): Promise<MoneyFlow[]> =>
  sql<MoneyFlow[]>`
    select flow, currency, count(distinct id)::int as bookings, sum(amount_minor)::bigint as units from (
      select t.id, t.currency, e.amount_minor, case
        when t.kind = 'payment' and e.side = 'debit' then 'captured'
        when t.kind = 'payment' and e.account in ('refundPayable', 'citizenCredit', 'suspense') then 'excess'
        when t.kind = 'refund' and e.side = 'debit' then 'refunded'
        when t.kind = 'settlement' and e.side = 'credit' and e.account = 'gatewayClearing' then 'settled' end as flow
      from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
      where t.id >= ${firstIdAt('led', from)} and t.id < ${firstIdAt('led', to)}) booked
    where flow is not null group by 1, 2`

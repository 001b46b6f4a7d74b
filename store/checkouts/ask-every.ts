import type { Duration } from '../../domain/duration.ts'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'

/** How often the gateway is asked while a checkout is open, by the policy of its first bill. */
export async function askEvery(sql: Queryable, checkoutId: string): Promise<Duration> {
  const [row] = await sql<{ ask_every: Duration }[]>`
    select p.body -> 'checkout' ->> 'askEvery' as ask_every
    from checkout_bills cb join bills b on b.id = cb.bill_id join policies p on p.id = b.policy_id
    where cb.checkout_id = ${checkoutId} order by cb.bill_id limit 1`
  if (!row) throw notFound('checkout')
  return row.ask_every
}

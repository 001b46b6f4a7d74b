import type { Currency } from '../../domain/currencies.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'

interface Limit {
  above: bigint | null
  currency: Currency
  /** What of this bill single persons have given back so far, in minor units. */
  alone: bigint
}

/**
 * Whether money that a person gives back waits for a second one: where all that single persons gave back of the bill, this
 * included, is above the institution's limit. Counted together, as many small refunds are one large one. What the engine
 * gives back follows from the policy and asks nobody.
 */
export async function awaitsApproval(
  tx: Tx,
  { bill, row }: HeldBill,
  order: { readonly minor: bigint; readonly currency: Currency; readonly actor: string },
): Promise<boolean> {
  if (!order.actor.startsWith('key:')) return false
  const [limit] = await tx<Limit[]>`
    select i.approval_above_minor as above, i.currency,
      (select coalesce(sum(r.amount_minor), 0)::bigint from refunds r where r.bill_id = ${bill.id} and r.currency = i.currency
        and starts_with(r.requested_by, 'key:') and r.decided_by is null and r.state not in ('failed', 'awaitingApproval')) as alone
    from institutions i where i.id = ${row.institution_id}`
  if (!limit || limit.above === null) return false
  // An amount in another currency cannot be compared with the limit.
  return order.currency !== limit.currency || limit.alone + order.minor > limit.above
}

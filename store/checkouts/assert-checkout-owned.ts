import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** A checkout is the caller's when every bill in it is. @throws GojiError `checkout_not_found`. */
export async function assertCheckoutOwned(sql: Queryable, owner: Owner, checkoutId: string): Promise<void> {
  const [row] = await sql<{ owned: boolean | null }[]>`
    select bool_and(${ownedBy(sql, owner)}) as owned from checkout_bills c join bills b on b.id = c.bill_id where c.checkout_id = ${checkoutId}`
  if (!row?.owned) throw notFound('checkout')
}

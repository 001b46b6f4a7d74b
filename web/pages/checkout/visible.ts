import { type CheckoutRow, readCheckout } from '../../../store/checkouts/checkout-row.ts'
import { checkoutResult, type CheckoutResult } from '../../../store/checkouts/checkout-result.ts'
import { notFound } from '../../../domain/errors.ts'
import { isId } from '../../../store/ids.ts'
import type { Context } from '../../http/context.ts'
import { maySee } from '../../http/visitor.ts'

export interface VisibleCheckout {
  readonly checkout: CheckoutRow
  readonly bills: readonly CheckoutResult[]
}

/**
 * The checkout that the address names, if the visitor may see every bill of it. Null when nobody is signed in.
 * @throws GojiError `checkout_not_found` for one that is somebody else's, as for one that does not exist.
 */
export async function visibleCheckout({ root, request, visitor }: Context): Promise<VisibleCheckout | null> {
  const id = String(request.params['id'])
  if (!isId('chk', id)) throw notFound('checkout')
  const bills = await checkoutResult(root.sql, id)
  if (bills.length > 0 && bills.every((bill) => maySee(visitor, { id: bill.bill_id, citizenId: bill.citizen_id }))) {
    return { checkout: await readCheckout(root.sql, id), bills }
  }
  if (visitor.session === null) return null
  throw notFound('checkout')
}

import type { Currency } from '../../domain/currencies.ts'
import type { Queryable } from '../connection.ts'

export interface CheckoutPayment {
  id: string
  method: string
  currency: Currency
  amount_minor: bigint
  paid_at: number
}

/** The payment that a checkout brought, or null while there is none. */
export async function paymentOfCheckout(sql: Queryable, checkoutId: string): Promise<CheckoutPayment | null> {
  const [row] = await sql<
    CheckoutPayment[]
  >`select id, method, currency, amount_minor, paid_at from payments where checkout_id = ${checkoutId}`
  return row ?? null
}

import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import type { CheckoutState } from '../../domain/states/checkout.ts'
import type { Queryable } from '../connection.ts'

export interface CheckoutRow {
  id: string
  citizen_id: string
  mode: 'test' | 'live'
  gateway: string
  currency: Currency
  amount_minor: bigint
  state: CheckoutState
  language: 'ko' | 'en'
  return_path: string
  session_reference: string | null
  session_url: string | null
  failure_code: string | null
  /** Why it was ended though the citizen did not ask for it; null otherwise. */
  stopped_because: 'billClosed' | 'billAmended' | 'billExpired' | null
  created_at: number
  expires_at: number
  ended_at: number | null
}

/** Lock the checkout's bills first: every command takes bills before checkouts. @throws GojiError `checkout_not_found`. */
export async function lockCheckout(sql: Queryable, id: string): Promise<CheckoutRow> {
  const [row] = await sql<CheckoutRow[]>`select * from checkouts where id = ${id} for update`
  if (!row) throw notFound('checkout')
  return row
}

/** @throws GojiError `checkout_not_found`. */
export async function readCheckout(sql: Queryable, id: string): Promise<CheckoutRow> {
  const [row] = await sql<CheckoutRow[]>`select * from checkouts where id = ${id}`
  if (!row) throw notFound('checkout')
  return row
}

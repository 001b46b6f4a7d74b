import type { PaymentMethod, PaymentReport, RefundReport } from '../../../domain/ports/gateway.ts'
import { lookUp } from '../../../adapters/kit/failures.ts'

/** YOURS: the provider's words → ours. A word that is not here is raised, never guessed. */
const PAYMENTS: Readonly<Record<string, Exclude<PaymentReport['status'], 'awaitingDeposit'>>> = {
  open: 'pending',
  authorized: 'authorized',
  captured: 'captured',
  declined: 'declined',
  cancelled: 'cancelled',
  expired: 'expired',
}
const REFUNDS: Readonly<Record<string, RefundReport['status']>> = { running: 'pending', done: 'succeeded', failed: 'failed' }
const METHODS: Readonly<Record<string, PaymentMethod>> = { card: 'card', wallet: 'simplePay', transfer: 'bankAccount' }

export const toPayment = lookUp(PAYMENTS, 'payment_status')
export const toRefund = lookUp(REFUNDS, 'refund_status')
export const toMethod = lookUp(METHODS, 'payment_method')

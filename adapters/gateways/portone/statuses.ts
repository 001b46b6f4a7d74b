import type { PaymentMethod } from '../../../domain/ports/gateway.ts'
import { lookUp } from '../../kit/failures.ts'

/** `taken`: the money came, whatever of it went back since. */
const STATUSES: Readonly<Record<string, 'pending' | 'awaitingDeposit' | 'taken' | 'cancelled' | 'declined'>> = {
  READY: 'pending',
  PAY_PENDING: 'pending',
  VIRTUAL_ACCOUNT_ISSUED: 'awaitingDeposit',
  PAID: 'taken',
  PARTIAL_CANCELLED: 'taken',
  // Of a payment whose money never came, such as a closed account, `paidAt` is missing.
  CANCELLED: 'cancelled',
  FAILED: 'declined',
}

const METHODS: Readonly<Record<string, PaymentMethod>> = {
  PaymentMethodCard: 'card',
  PaymentMethodEasyPay: 'simplePay',
  PaymentMethodTransfer: 'bankAccount',
  PaymentMethodVirtualAccount: 'virtualAccount',
}

const CANCELLATIONS: Readonly<Record<string, 'pending' | 'succeeded' | 'failed'>> = {
  REQUESTED: 'pending',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
}

/** Each throws ProviderError `technical` for a word that is not in its table: PortOne may add some. */
export const toStatus = lookUp(STATUSES, 'payment_status')
export const toMethod = lookUp(METHODS, 'payment_method')
export const toCancellation = lookUp(CANCELLATIONS, 'cancellation_status')

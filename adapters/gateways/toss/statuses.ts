import type { PaymentMethod } from '../../../domain/ports/gateway.ts'
import { lookUp } from '../../kit/failures.ts'

/** What a payment's status says: `taken` means that the money came, whatever of it went back since. */
const STATUSES: Readonly<Record<string, 'pending' | 'authorized' | 'awaitingDeposit' | 'taken' | 'cancelled' | 'declined' | 'expired'>> = {
  READY: 'pending',
  IN_PROGRESS: 'authorized',
  WAITING_FOR_DEPOSIT: 'awaitingDeposit',
  DONE: 'taken',
  // Of a payment whose money never came, such as an account that was closed before the deposit, `approvedAt` is empty.
  CANCELED: 'cancelled',
  PARTIAL_CANCELED: 'taken',
  ABORTED: 'declined',
  EXPIRED: 'expired',
}

const METHODS: Readonly<Record<string, PaymentMethod>> = {
  카드: 'card',
  간편결제: 'simplePay',
  계좌이체: 'bankAccount',
  가상계좌: 'virtualAccount',
}

const CANCELS: Readonly<Record<string, 'pending' | 'succeeded' | 'failed'>> = {
  IN_PROGRESS: 'pending',
  DONE: 'succeeded',
  ABORTED: 'failed',
}

/** What becomes of money that goes back to a bank account after the cancellation itself. */
const ACCOUNT_REFUNDS: Readonly<Record<string, 'pending' | 'succeeded' | 'failed'>> = {
  NONE: 'succeeded',
  PENDING: 'pending',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  PARTIAL_FAILED: 'failed',
}

/** Each throws ProviderError `technical` for a word that is not in its table. */
export const toStatus = lookUp(STATUSES, 'payment_status')
export const toMethod = lookUp(METHODS, 'payment_method')
export const toCancel = lookUp(CANCELS, 'cancel_status')
export const toAccountRefund = lookUp(ACCOUNT_REFUNDS, 'refund_status')

import type { FailureTable } from '../../kit/failures.ts'

/** PortOne's types of errors → ours. What is not here is judged by the HTTP status. */
export const FAILURES: FailureTable = {
  // The payment company behind it failed: whether before or after, only asking tells.
  PG_PROVIDER: 'unknown',
  // Somebody cancelled in between: what is left is read again.
  CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN: 'temporary',
  MAX_TRANSACTION_COUNT_REACHED: 'temporary',
  PAYMENT_NOT_FOUND: 'permanent',
  PAYMENT_NOT_PAID: 'permanent',
  PAYMENT_ALREADY_CANCELLED: 'permanent',
  ALREADY_PAID: 'permanent',
  CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT: 'permanent',
  NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT: 'permanent',
  PAYMENT_NOT_WAITING_FOR_DEPOSIT: 'permanent',
  INVALID_REQUEST: 'technical',
  UNAUTHORIZED: 'technical',
  FORBIDDEN: 'technical',
  CHANNEL_NOT_FOUND: 'technical',
}

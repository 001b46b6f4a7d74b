import type { FailureTable } from '../../kit/failures.ts'

/**
 * Toss Payments' error codes → ours, as its lists of errors of confirming, asking and cancelling have them. What is not
 * here is judged by the HTTP status.
 */
export const FAILURES: FailureTable = {
  // It may have happened, or be happening.
  PROVIDER_ERROR: 'unknown',
  IDEMPOTENT_REQUEST_PROCESSING: 'unknown',
  ALREADY_PROCESSED_PAYMENT: 'unknown',
  FAILED_INTERNAL_SYSTEM_PROCESSING: 'unknown',
  FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING: 'unknown',
  FAILED_REFUND_PROCESS: 'unknown',
  FAILED_METHOD_HANDLING_CANCEL: 'unknown',
  FAILED_PARTIAL_REFUND: 'unknown',
  COMMON_ERROR: 'unknown',
  // Not now.
  FORBIDDEN_CONSECUTIVE_REQUEST: 'temporary',
  NOT_AVAILABLE_BANK: 'temporary',
  NOT_MATCHES_REFUNDABLE_AMOUNT: 'temporary',
  // Never.
  DUPLICATED_ORDER_ID: 'permanent',
  BELOW_MINIMUM_AMOUNT: 'permanent',
  NOT_FOUND_PAYMENT: 'permanent',
  NOT_FOUND_PAYMENT_SESSION: 'permanent',
  REJECT_CARD_PAYMENT: 'permanent',
  REJECT_CARD_COMPANY: 'permanent',
  REJECT_ACCOUNT_PAYMENT: 'permanent',
  INVALID_REJECT_CARD: 'permanent',
  INVALID_STOPPED_CARD: 'permanent',
  INVALID_CARD_EXPIRATION: 'permanent',
  INVALID_CARD_LOST_OR_STOLEN: 'permanent',
  EXCEED_MAX_DAILY_PAYMENT_COUNT: 'permanent',
  EXCEED_MAX_PAYMENT_AMOUNT: 'permanent',
  ALREADY_CANCELED_PAYMENT: 'permanent',
  ALREADY_REFUND_PAYMENT: 'permanent',
  NOT_CANCELABLE_PAYMENT: 'permanent',
  NOT_CANCELABLE_AMOUNT: 'permanent',
  NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER: 'permanent',
  NOT_ALLOWED_PARTIAL_REFUND: 'permanent',
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: 'permanent',
  EXCEED_MAX_REFUND_DUE: 'permanent',
  EXCEED_CANCEL_LIMIT: 'permanent',
  EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT: 'permanent',
  REFUND_REJECTED: 'permanent',
  FORBIDDEN_BANK_REFUND_REQUEST: 'permanent',
  INVALID_REFUND_ACCOUNT_INFO: 'permanent',
  INVALID_REFUND_ACCOUNT_NUMBER: 'permanent',
  INVALID_BANK: 'permanent',
  // Our own mistake.
  INVALID_REQUEST: 'technical',
  INVALID_IDEMPOTENCY_KEY: 'technical',
  UNAUTHORIZED_KEY: 'technical',
  INVALID_API_KEY: 'technical',
  FORBIDDEN_REQUEST: 'technical',
  INCORRECT_BASIC_AUTH_FORMAT: 'technical',
}

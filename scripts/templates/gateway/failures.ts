import type { FailureTable } from '../../../adapters/kit/failures.ts'

/** YOURS: the provider's error codes → the four kinds of failure. What is not here is judged by the HTTP status. */
export const FAILURES: FailureTable = {
  session_differs: 'permanent',
  session_barred: 'permanent',
  payment_unknown: 'permanent',
  not_captured: 'permanent',
  refund_differs: 'permanent',
  amount_too_large: 'permanent',
  request_invalid: 'technical',
}

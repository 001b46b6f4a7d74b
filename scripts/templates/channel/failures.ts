import type { FailureTable } from '../../../adapters/kit/failures.ts'

/** YOURS: the provider's error codes → the four kinds of failure. What is not here is judged by the HTTP status. */
export const FAILURES: FailureTable = {
  recipient_unknown: 'permanent',
  recipient_refuses: 'permanent',
  template_wrong: 'technical',
  busy: 'temporary',
}

import type { FailureTable } from '../../kit/failures.ts'

/**
 * The refusals of a whole request, by Solapi's `errorCode`. One message's own refusal comes in a 200 and has a status
 * code (statuses.ts). What is not here is judged by the HTTP status.
 */
export const FAILURES: FailureTable = {
  TooManyRequests: 'temporary',
  RequestLimitExceeded: 'temporary',
  InternalError: 'unknown',
  InternalServerError: 'unknown',
  Unauthorized: 'technical',
  Forbidden: 'technical',
  InvalidAPIKey: 'technical',
  InvalidApiKey: 'technical',
  SignatureDoesNotMatch: 'technical',
  RequestTimeTooSkewed: 'technical',
  DuplicatedSignature: 'technical',
  NotEnoughBalance: 'technical',
  ValidationError: 'technical',
  InvalidParameter: 'technical',
  ResourceNotFound: 'technical',
}

import { ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import { endedSession } from '../store/ended-session.ts'

/** What of the surroundings does not answer. */
export type Outage = 'database' | 'engine'

/** Errors of the connection itself, by Node or by the PostgreSQL client. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
])

/**
 * What PostgreSQL says of a statement when it, and not the request, is at fault: connection lost (08), login refused (28), no such
 * database (3D), out of resources (53), shutting down or cancelled by a time limit (57), a lock not had in time, a
 * conflict that repetition did not solve.
 */
const SQL_OUTAGE = /^(?:08...|28...|3D000|53...|57...|55P03|40001|40P01|25P03|58030)$/

/** The part that is out of service, where that is why an error came; null for any other error. */
export function outageOf(error: unknown): Outage | null {
  if (error instanceof ServiceError || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'engine'
  if (endedSession(error)) return 'database'
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && (CONNECTION_CODES.has(code) || SQL_OUTAGE.test(code))) return 'database'
  return null
}

import { GIVE_UP_AFTER_MS, retryDelay } from '../../domain/webhook-retry.ts'
import type { Queryable, Tx } from '../connection.ts'
import { send } from '../unit/transaction.ts'
import { openLanes } from './collect-events.ts'

/** What came of one call. `error` is null for an answer of 2xx. */
export interface AttemptResult {
  readonly status: number | null
  readonly ms: number
  readonly error: string | null
  /** The first bytes of the answer, as text. */
  readonly answer: string | null
  /** Milliseconds that the endpoint asks us to wait, or null. */
  readonly retryAfter: number | null
}

export interface BegunAttempt {
  readonly number: number
  /** The how manieth it is since the event was queued, or queued again. */
  readonly tries: number
}

/**
 * Records an attempt before its call and answers its number; null for an event that is no longer pending, which somebody
 * else has delivered meanwhile.
 */
export async function beginAttempt(sql: Queryable, endpointId: string, eventId: string, now: number): Promise<BegunAttempt | null> {
  const [row] = await sql<BegunAttempt[]>`
    with begun as (
      update webhook_deliveries set attempts = attempts + 1, first_attempt_at = coalesce(first_attempt_at, ${now})
      where endpoint_id = ${endpointId} and event_id = ${eventId} and state = 'pending' returning attempts, attempts - attempts_before as tries),
    noted as (insert into webhook_attempts (endpoint_id, event_id, number, at) select ${endpointId}, ${eventId}, attempts, ${now} from begun)
    select attempts as number, tries from begun`
  return row ?? null
}

/** Completes an attempt and says when the next one is due; after four weeks without success the event is given up. */
export async function endAttempt(
  tx: Tx,
  attempt: BegunAttempt & { endpointId: string; eventId: string; subject: string },
  result: AttemptResult,
  now: number,
): Promise<void> {
  const { endpointId, eventId, number, tries, subject } = attempt
  send(
    tx,
    tx`
    update webhook_attempts set status = ${result.status}, ms = ${result.ms}, error = ${result.error}, answer = ${result.answer}
    where endpoint_id = ${endpointId} and event_id = ${eventId} and number = ${number}`,
  )
  if (result.error === null) {
    send(
      tx,
      tx`
      update webhook_deliveries set state = 'delivered', due_at = null, delivered_at = ${now}
      where endpoint_id = ${endpointId} and event_id = ${eventId} and state = 'pending'`,
    )
  } else {
    const again = now + retryDelay(tries, result.retryAfter)
    send(
      tx,
      tx`
      update webhook_deliveries set
        state = case when first_attempt_at <= ${now - GIVE_UP_AFTER_MS} then 'givenUp' else 'pending' end,
        due_at = case when first_attempt_at <= ${now - GIVE_UP_AFTER_MS} then null else ${again}::timestamptz end
      where endpoint_id = ${endpointId} and event_id = ${eventId} and state = 'pending'`,
    )
  }
  await openLanes(tx, endpointId, [subject], now)
}

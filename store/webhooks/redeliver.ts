import { notFound } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'
import type { Owner } from '../owner.ts'
import type { ByWhom } from './change-endpoint.ts'
import { openLanes } from './collect-events.ts'
import { lockEndpoint } from './endpoint-row.ts'

/**
 * Sends one event again, or for the first time where the endpoint has never had it.
 * @throws GojiError `webhook_endpoint_not_found`, `event_not_found`.
 */
export async function redeliverEvent(tx: Tx, owner: Owner, endpointId: string, eventId: string, by: ByWhom): Promise<void> {
  const endpoint = await lockEndpoint(tx, owner, endpointId)
  const [event] = await tx<{ subject: string }[]>`
    insert into webhook_deliveries (endpoint_id, event_id, position, subject, state)
    select ${endpointId}, id, position, subject, 'pending' from events
    where id = ${eventId} and institution_id = ${endpoint.institution_id} and mode = ${endpoint.mode} and position is not null
    on conflict (endpoint_id, event_id) do update set state = 'pending', attempts_before = webhook_deliveries.attempts, first_attempt_at = null, delivered_at = null, due_at = null
    returning subject`
  if (!event) throw notFound('event')
  await openLanes(tx, endpointId, [event.subject], by.now)
  await tx`update webhook_deliveries set due_at = ${by.now} where endpoint_id = ${endpointId} and subject = ${event.subject} and due_at is not null`
  await note(tx, endpointId, by, { event: eventId })
}

/**
 * Sends everything since a time again (milliseconds), also what happened before the endpoint was made: its position in the
 * feed is set back, and its run takes the events from there. @throws GojiError `webhook_endpoint_not_found`.
 */
export async function redeliverSince(tx: Tx, owner: Owner, endpointId: string, since: number, by: ByWhom): Promise<void> {
  const { institution_id: institutionId, mode } = await lockEndpoint(tx, owner, endpointId)
  await tx`
    update webhook_endpoints e set position = least(e.position, coalesce(
      (select min(v.position) - 1 from events v where v.institution_id = ${institutionId} and v.mode = ${mode} and v.position is not null and v.at >= ${since}), e.position))
    where e.id = ${endpointId}`
  await tx`update webhook_deliveries set due_at = ${by.now} where endpoint_id = ${endpointId} and due_at > ${by.now}`
  await note(tx, endpointId, by, { since: new Date(since).toISOString() })
}

const note = (tx: Tx, endpointId: string, { actor, now }: ByWhom, body: Record<string, unknown>): Promise<void> =>
  appendLog(tx, `webhookEndpoint:${endpointId}`, { at: now, action: 'redeliver', actor, body })

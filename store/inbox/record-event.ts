import { createHash } from 'node:crypto'
import { conflict } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'

/**
 * Records a provider's event by its own id, in the transaction of its effect. False: it was here before, and there is
 * nothing to do. @throws GojiError `event_differs` (conflict) when the same id comes with another body.
 */
export async function recordEvent(tx: Tx, event: { provider: string; eventId: string; body: Buffer }, now: number): Promise<boolean> {
  const sha256 = createHash('sha256').update(event.body).digest()
  const inserted = await tx`
    insert into inbox (provider, event_id, body_sha256, received_at) values (${event.provider}, ${event.eventId}, ${sha256}, ${now}) on conflict do nothing`
  if (inserted.count > 0) return true
  const [known] = await tx<
    { body_sha256: Buffer }[]
  >`select body_sha256 from inbox where provider = ${event.provider} and event_id = ${event.eventId}`
  if (!known?.body_sha256.equals(sha256)) throw conflict('event_differs', 'An event with this id but another body was received before.')
  return false
}

import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { appendLog } from '../log/append-log.ts'
import type { Owner } from '../owner.ts'
import { type EndpointRow, lockEndpoint } from './endpoint-row.ts'

export interface EndpointInput {
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
}

/** Who changes something, and when (milliseconds). */
export interface ByWhom {
  readonly actor: string
  readonly now: number
}

/** A new endpoint hears of what happens from now on; `redeliver` sends it what was before. `seal` encrypts its first secret. */
export async function insertEndpoint(
  tx: Tx,
  input: EndpointInput & { institutionId: string; mode: 'test' | 'live'; seal: (endpointId: string) => Buffer },
  { actor, now }: ByWhom,
): Promise<string> {
  const id = newId('whe', now)
  await tx`
    insert into webhook_endpoints (id, institution_id, mode, url, description, types, state, position, created_at, changed_at)
    select ${id}, ${input.institutionId}, ${input.mode}, ${input.url}, ${input.description}, ${input.types as string[]}, 'enabled', last, ${now}, ${now} from event_feed`
  await tx`insert into webhook_secrets (endpoint_id, number, sealed, created_at) values (${id}, 1, ${input.seal(id)}, ${now})`
  await log(tx, id, 'created', { actor, now })
  return id
}

/** @throws GojiError `webhook_endpoint_not_found`. */
export async function updateEndpoint(tx: Tx, owner: Owner, id: string, input: EndpointInput, by: ByWhom): Promise<void> {
  await lockEndpoint(tx, owner, id)
  await tx`
    update webhook_endpoints set url = ${input.url}, description = ${input.description}, types = ${input.types as string[]}, ${unharmed(tx)}, changed_at = ${by.now}
    where id = ${id}`
  await log(tx, id, 'changed', by)
}

/**
 * Disabled, an endpoint is left alone and misses nothing: enabled again, it gets what happened meanwhile. Deleting it is
 * for good. @throws GojiError `webhook_endpoint_not_found`.
 */
export async function setEndpointState(tx: Tx, owner: Owner, id: string, state: EndpointRow['state'], by: ByWhom): Promise<void> {
  await lockEndpoint(tx, owner, id)
  await tx`
    update webhook_endpoints set state = ${state}, disabled_because = ${state === 'enabled' ? null : 'asked'}, ${unharmed(tx)}, changed_at = ${by.now}
    where id = ${id}`
  if (state === 'enabled') await tx`update webhook_deliveries set due_at = ${by.now} where endpoint_id = ${id} and due_at is not null`
  if (state === 'deleted') await tx`delete from webhook_secrets where endpoint_id = ${id}`
  await log(tx, id, state, by)
}

/** Nothing is held against an endpoint that somebody has just looked after. */
const unharmed = (tx: Tx): ReturnType<Tx> => tx`failures = 0, down_since = null, probes = 0, probe_at = null`

/**
 * A new secret beside the old ones, which go on signing until `overlapUntil` (milliseconds); those before them end now.
 * @throws GojiError `webhook_endpoint_not_found`.
 */
export async function rotateSecret(
  tx: Tx,
  owner: Owner,
  id: string,
  secret: { seal: (endpointId: string) => Buffer; overlapUntil: number },
  by: ByWhom,
): Promise<void> {
  await lockEndpoint(tx, owner, id)
  await tx`delete from webhook_secrets where endpoint_id = ${id} and expires_at is not null`
  await tx`update webhook_secrets set expires_at = ${secret.overlapUntil} where endpoint_id = ${id}`
  await tx`
    insert into webhook_secrets (endpoint_id, number, sealed, created_at)
    select ${id}, max(number) + 1, ${secret.seal(id)}, ${by.now} from webhook_secrets where endpoint_id = ${id}`
  await log(tx, id, 'secretRotated', by)
}

const log = (tx: Tx, id: string, action: string, { actor, now }: ByWhom): Promise<void> =>
  appendLog(tx, `webhookEndpoint:${id}`, { at: now, action, actor, body: {} })

import type { Tx } from '../connection.ts'

/** Events taken from the feed in one transaction. */
const PAGE = 1_000

/**
 * Takes an endpoint's next events from the feed into its deliveries; answers whether there may be more. Of each subject
 * only the first is due: the others wait for it. Where the position was set back, what was delivered before becomes due
 * again. Call it under the endpoint's lock, after `placeEvents`.
 */
export async function collectEvents(tx: Tx, endpointId: string, now: number): Promise<boolean> {
  const [endpoint] = await tx<{ institution_id: string; mode: string; position: bigint; types: string[] }[]>`
    select institution_id, mode, position, types from webhook_endpoints where id = ${endpointId} for update`
  if (!endpoint) return false
  const { institution_id: institutionId, mode, position, types } = endpoint
  const [taken] = await tx<{ count: number; last: bigint | null; subjects: string[] | null }[]>`
    with page as (
      select id, position, subject, type from events
      where institution_id = ${institutionId} and mode = ${mode} and position > ${position} order by position limit ${PAGE}),
    added as (
      insert into webhook_deliveries (endpoint_id, event_id, position, subject, state)
      select ${endpointId}, id, position, subject, 'pending' from page ${types.length === 0 ? tx`` : tx`where type = any(${types})`}
      on conflict (endpoint_id, event_id) do update set state = 'pending', attempts_before = webhook_deliveries.attempts, first_attempt_at = null, delivered_at = null
        where webhook_deliveries.state <> 'pending'
      returning subject)
    select count(*)::int as count, max(position) as last, (select array_agg(distinct subject) from added) as subjects from page`
  if (!taken || taken.last === null) return false
  await tx`update webhook_endpoints set position = ${taken.last} where id = ${endpointId}`
  if (taken.subjects !== null) await openLanes(tx, endpointId, taken.subjects, now)
  return taken.count === PAGE
}

/** Makes the first pending event of each of these subjects due, unless it is already, and the others wait for it. */
export async function openLanes(tx: Tx, endpointId: string, subjects: readonly string[], now: number): Promise<void> {
  await tx`
    with lanes as (
      select event_id, due_at, row_number() over (partition by subject order by position) as place from webhook_deliveries
      where endpoint_id = ${endpointId} and state = 'pending' and subject = any(${subjects as string[]}))
    update webhook_deliveries d set due_at = case when lanes.place = 1 then coalesce(d.due_at, ${now}) end from lanes
    where d.endpoint_id = ${endpointId} and d.event_id = lanes.event_id and (lanes.place = 1) = (d.due_at is null)`
}

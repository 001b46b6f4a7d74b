import { notFound } from '../../domain/errors.ts'
import type { Queryable, Tx } from '../connection.ts'
import type { Owner } from '../owner.ts'

/** Where an institution hears of its events, and how that goes. Times are milliseconds. */
export interface EndpointRow {
  id: string
  institution_id: string
  mode: 'test' | 'live'
  url: string
  description: string
  types: string[]
  state: 'enabled' | 'disabled' | 'deleted'
  disabled_because: 'asked' | 'gone' | null
  position: bigint
  failures: number
  down_since: number | null
  probes: number
  probe_at: number | null
  last_error: string | null
  last_error_at: number | null
  last_success_at: number | null
  created_at: number
}

/** An endpoint as its owner sees it: with how much waits, and since when. */
export interface EndpointStateRow extends EndpointRow {
  pending: number
  given_up: number
  oldest_pending_at: number | null
}

const columns = (sql: Queryable): ReturnType<Queryable> => sql`
  e.id, e.institution_id, e.mode, e.url, e.description, e.types, e.state, e.disabled_because, e.position, e.failures, e.down_since, e.probes, e.probe_at,
  e.last_error, e.last_error_at, e.last_success_at, e.created_at`

const owned = (sql: Queryable, { institutionId, mode }: Owner): ReturnType<Queryable> =>
  institutionId === null ? sql`e.mode = ${mode}` : sql`e.institution_id = ${institutionId} and e.mode = ${mode}`

/** The oldest event that is not delivered yet may still stand in the feed, or have no place in it yet. */
const withBacklog = (sql: Queryable): ReturnType<Queryable> => sql`
  select ${columns(sql)},
    (select count(*)::int from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'pending') as pending,
    (select count(*)::int from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'givenUp') as given_up,
    least(
      (select v.at from events v where v.id =
        (select d.event_id from webhook_deliveries d where d.endpoint_id = e.id and d.due_at is not null order by d.position limit 1)),
      (select v.at from events v where v.institution_id = e.institution_id and v.mode = e.mode and v.position > e.position
        and (cardinality(e.types) = 0 or v.type = any(e.types)) order by v.position limit 1),
      (select min(v.at) from events v where v.position is null and v.institution_id = e.institution_id and v.mode = e.mode
        and (cardinality(e.types) = 0 or v.type = any(e.types)))) as oldest_pending_at
  from webhook_endpoints e`

/** A page of endpoints, the newest first. Deleted ones are not in it. */
export const listEndpoints = (sql: Queryable, owner: Owner, page: { before: string | null; limit: number }): Promise<EndpointStateRow[]> =>
  sql<EndpointStateRow[]>`
    ${withBacklog(sql)} where ${owned(sql, owner)} and e.state <> 'deleted' ${page.before === null ? sql`` : sql`and e.id < ${page.before}`}
    order by e.id desc limit ${page.limit}`

/** @throws GojiError `webhook_endpoint_not_found` for one of nobody, of another, or deleted. */
export async function readEndpoint(sql: Queryable, owner: Owner, id: string): Promise<EndpointStateRow> {
  const [row] = await sql<EndpointStateRow[]>`${withBacklog(sql)} where ${owned(sql, owner)} and e.state <> 'deleted' and e.id = ${id}`
  if (!row) throw notFound('webhook_endpoint')
  return row
}

/** The endpoint under its row lock. @throws GojiError `webhook_endpoint_not_found`. */
export async function lockEndpoint(tx: Tx, owner: Owner, id: string): Promise<EndpointRow> {
  const [row] = await tx<EndpointRow[]>`
    select ${columns(tx)} from webhook_endpoints e where ${owned(tx, owner)} and e.state <> 'deleted' and e.id = ${id} for update`
  if (!row) throw notFound('webhook_endpoint')
  return row
}

/** The endpoint as its own run sees it, whoever owns it; null for one that never was. */
export async function endpointOfRun(sql: Queryable, id: string): Promise<EndpointRow | null> {
  const [row] = await sql<EndpointRow[]>`select ${columns(sql)} from webhook_endpoints e where e.id = ${id}`
  return row ?? null
}

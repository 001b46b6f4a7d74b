import { z } from 'zod'
import { EVENT_TYPES } from '../../domain/events.ts'
import type { Queryable } from '../../store/connection.ts'
import type { Owner } from '../../store/owner.ts'
import { type EndpointStateRow, readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { exampleId, id, idParams } from '../../schemas/ids.ts'
import { text } from '../../schemas/text.ts'
import { time, toIsoOrNull, toIso } from '../../schemas/time.ts'

export const endpointParams = idParams('whe', 'webhook_endpoint')

const types = z
  .array(z.enum(EVENT_TYPES))
  .max(EVENT_TYPES.length)
  .refine((given) => new Set(given).size === given.length, {
    message: 'A type stands twice in the list.',
    params: { code: 'event_type_repeated' },
  })
  .meta({ description: 'What it hears of; an empty list means everything, also what later versions add.' })

/** What an institution says of an endpoint. The URL is read as text here and checked by `checkWebhookUrl`. */
export const endpointInput = {
  url: z.string().min(1).max(2000).meta({ example: 'https://city.example/goji', description: 'HTTPS on the public Internet.' }),
  events: types.default([]),
  description: text(200).meta({ description: 'For the people who look after it.' }),
}

export const endpointSchema = z
  .strictObject({
    id: id('whe'),
    institution: id('ins'),
    mode: z.enum(['test', 'live']),
    url: z.string(),
    events: z.array(z.string()),
    description: z.string(),
    state: z.enum(['enabled', 'disabled']),
    disabledBecause: z.enum(['asked', 'gone']).nullable().meta({ description: '`gone`: the endpoint answered 410.' }),
    pending: z.number().int().meta({ description: 'Events that are taken up and not delivered yet.' }),
    givenUp: z.number().int().meta({ description: 'Events that could not be delivered for four weeks. They can be sent again.' }),
    oldestPendingAt: time.nullable().meta({ description: 'When the oldest event happened that is not delivered yet.' }),
    downSince: time.nullable(),
    nextProbeAt: time.nullable().meta({ description: 'When an endpoint that is down is tried again.' }),
    lastError: z.string().nullable(),
    lastErrorAt: time.nullable(),
    lastSuccessAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: 'WebhookEndpoint' })

export const secretSchema = z.string().nullable().meta({
  description: 'The signing secret (`whsec_…`), shown this once: null when the request is repeated. Rotate it if it was lost.',
})

export const endpointExample = {
  id: exampleId('whe'),
  institution: exampleId('ins'),
  mode: 'live',
  url: 'https://city.example/goji',
  events: [],
  description: 'Tax office, accounting',
  state: 'enabled',
  disabledBecause: null,
  pending: 0,
  givenUp: 0,
  oldestPendingAt: null,
  downSince: null,
  nextProbeAt: null,
  lastError: 'status 503',
  lastErrorAt: '2026-11-23T17:40:00.000Z',
  lastSuccessAt: '2026-11-24T03:00:04.000Z',
  createdAt: '2026-11-01T00:00:00.000Z',
}

export const endpointBody = (row: EndpointStateRow): Record<string, unknown> => ({
  id: row.id,
  institution: row.institution_id,
  mode: row.mode,
  url: row.url,
  events: row.types,
  description: row.description,
  state: row.state,
  disabledBecause: row.disabled_because,
  pending: row.pending,
  givenUp: row.given_up,
  oldestPendingAt: toIsoOrNull(row.oldest_pending_at),
  downSince: toIsoOrNull(row.down_since),
  nextProbeAt: toIsoOrNull(row.probe_at),
  lastError: row.last_error,
  lastErrorAt: toIsoOrNull(row.last_error_at),
  lastSuccessAt: toIsoOrNull(row.last_success_at),
  createdAt: toIso(row.created_at),
})

/** @throws GojiError `webhook_endpoint_not_found`. */
export const endpointView = async (sql: Queryable, owner: Owner, endpointId: string): Promise<Record<string, unknown>> =>
  endpointBody(await readEndpoint(sql, owner, endpointId))

/** Puts a secret that was made for this request into its answer, and nowhere else. */
export const withSecret = (body: string, replayed: boolean, secret: string): string =>
  JSON.stringify({ ...(JSON.parse(body) as object), secret: replayed ? null : secret })

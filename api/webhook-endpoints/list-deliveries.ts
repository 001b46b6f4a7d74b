import { z } from 'zod'
import { readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { type AttemptRow, type DeliveryRow, listAttempts, listDeliveries } from '../../store/webhooks/list-deliveries.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'
import { attemptFields } from './attempt-schema.ts'
import { endpointParams } from './endpoint-view.ts'

/** A call that has no end after so long was cut off: no call takes longer. */
const INTERRUPTED_MS = 60_000

const deliverySchema = z
  .strictObject({
    event: id('evt'),
    type: z.string(),
    subject: z.string().meta({ description: '`bill:<id>`: within it the order is kept.' }),
    at: time.meta({ description: 'When the event happened.' }),
    state: z.enum(['pending', 'delivered', 'givenUp']),
    attempts: z.number().int(),
    nextAttemptAt: time.nullable().meta({ description: 'Null for one that waits for those before it of the same subject.' }),
    deliveredAt: time.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })

const deliveryExample = {
  event: exampleId('evt'),
  type: 'bill.paid',
  subject: `bill:${exampleId('bill')}`,
  at: '2026-11-24T03:00:00.000Z',
  state: 'delivered',
  attempts: 1,
  nextAttemptAt: null,
  deliveredAt: '2026-11-24T03:00:04.000Z',
}

const deliveryView = (row: DeliveryRow): object => ({
  event: row.event_id,
  type: row.type,
  subject: row.subject,
  at: toIso(row.at),
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: toIsoOrNull(row.due_at),
  deliveredAt: toIsoOrNull(row.delivered_at),
})

export const listWebhookDeliveries = defineEndpoint({
  method: 'get',
  path: '/v1/webhook-endpoints/{id}/deliveries',
  operationId: 'listWebhookDeliveries',
  tag: 'Events',
  summary: "List an endpoint's events",
  description: 'The newest first, with what became of each.',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  query: z.strictObject({ ...pageQuery, state: z.enum(['pending', 'delivered', 'givenUp']).optional() }),
  answers: {
    200: { description: 'A page.', schema: pageSchema(deliverySchema), example: { data: [deliveryExample], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['webhook_endpoint_not_found'] },
  handle: async (call) => {
    const { root, owner, params, query } = call
    await readEndpoint(root.sql, owner, params.id)
    return listPage(call, `deliveries of ${params.id}`, {
      read: (position, limit) =>
        listDeliveries(root.sql, params.id, { before: position === null ? null : BigInt(position), limit, state: query.state }),
      position: (row) => String(row.position),
      view: deliveryView,
    })
  },
})

const attemptSchema = z
  .strictObject({ event: id('evt'), type: z.string(), attempt: z.number().int(), at: time, ...attemptFields })
  .meta({ id: 'WebhookAttempt' })

const attemptExample = {
  event: exampleId('evt'),
  type: 'bill.paid',
  attempt: 1,
  at: '2026-11-24T03:00:04.000Z',
  status: 503,
  ms: 112,
  error: 'status',
  answer: 'Maintenance',
}

const attemptView = (row: AttemptRow, now: number): object => ({
  event: row.event_id,
  type: row.type,
  attempt: row.number,
  at: toIso(row.at),
  status: row.status,
  ms: row.ms,
  error: row.ms === null && now - row.at > INTERRUPTED_MS ? 'interrupted' : row.error,
  answer: row.answer,
})

export const listWebhookAttempts = defineEndpoint({
  method: 'get',
  path: '/v1/webhook-endpoints/{id}/attempts',
  operationId: 'listWebhookAttempts',
  tag: 'Events',
  summary: 'List the calls to an endpoint',
  description: 'The newest first. Each is written before the call: one that is under way has neither status nor error.',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  query: z.strictObject({ ...pageQuery, event: id('evt').optional() }),
  answers: {
    200: { description: 'A page.', schema: pageSchema(attemptSchema), example: { data: [attemptExample], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['webhook_endpoint_not_found'] },
  handle: async (call) => {
    const { root, owner, params, query, now } = call
    await readEndpoint(root.sql, owner, params.id)
    return listPage(call, `attempts of ${params.id}`, {
      read: (position, limit) => {
        const [at, eventId = '', number] = position?.split(',') ?? []
        const before = at === undefined ? null : { at: Number(at), eventId, number: Number(number) }
        return listAttempts(root.sql, params.id, { before, limit, eventId: query.event })
      },
      position: (row) => `${row.at},${row.event_id},${row.number}`,
      view: (row) => attemptView(row, now),
    })
  },
})

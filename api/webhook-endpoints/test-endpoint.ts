import { z } from 'zod'
import { postWebhookOf } from '../../composition/egress/post-webhook.ts'
import { newId } from '../../store/ids.ts'
import { readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { secretsInForce } from '../../store/webhooks/secrets.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { id, exampleId } from '../../schemas/ids.ts'
import { attemptFields } from './attempt-schema.ts'
import { endpointParams } from './endpoint-view.ts'

/** Whoever asks waits for the answer, and so does a connection of ours. */
const TIMEOUT_MS = 5_000

export const testWebhookEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/test',
  operationId: 'testWebhookEndpoint',
  tag: 'Events',
  summary: 'Send a ping to an endpoint',
  description:
    'At once, signed as every webhook, of the type `webhook.ping`, and answers what came of it within 5 seconds. It stands in no list and changes nothing, ' +
    'so it may be sent to a disabled endpoint too. A request that is repeated pings again.',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  body: z.strictObject({}).optional(),
  answers: {
    200: {
      description: 'What the endpoint answered; `error` is null if it did well.',
      schema: z.strictObject({ id: id('evt'), ...attemptFields }).meta({ id: 'WebhookPing' }),
      example: { id: exampleId('evt'), status: 204, ms: 38, error: null, answer: null },
    },
  },
  refusals: { 404: ['webhook_endpoint_not_found'] },
  handle: async (call) => {
    const { root, owner, params, now } = call
    const { url, mode } = await readEndpoint(root.sql, owner, params.id)
    const eventId = newId('evt', now)
    const body = JSON.stringify({ type: 'webhook.ping', timestamp: new Date(now).toISOString(), data: { id: params.id } })
    const secrets = await secretsInForce(root.sql, params.id, now)
    const { status, ms, error, answer } = await postWebhookOf(root)(
      { url, mode, endpointId: params.id, eventId, body, secrets },
      TIMEOUT_MS,
    )
    return runOnce(call, async () => ({ status: 200, body: { id: eventId, status, ms, error, answer } }))
  },
})

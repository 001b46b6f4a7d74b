import { z } from 'zod'
import { checkWebhookUrl, reachOf } from '../../composition/egress/webhook-url.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { updateEndpoint } from '../../store/webhooks/change-endpoint.ts'
import { readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { endpointExample, endpointInput, endpointParams, endpointSchema, endpointView } from './endpoint-view.ts'

export const updateWebhookEndpoint = defineEndpoint({
  method: 'put',
  path: '/v1/webhook-endpoints/{id}',
  operationId: 'updateWebhookEndpoint',
  tag: 'Events',
  summary: 'Change a webhook endpoint',
  description: 'Its address, what it hears of, and its description. What is not delivered yet goes to the new address, at once.',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  body: z.strictObject(endpointInput).meta({ id: 'WebhookEndpointChange' }),
  bodyExample: { url: 'https://city.example/goji/v2', events: [], description: 'Tax office, accounting' },
  answers: { 200: { description: 'The endpoint after it.', schema: endpointSchema, example: endpointExample } },
  refusals: {
    404: ['webhook_endpoint_not_found'],
    422: ['webhook_url_refused', 'event_type_repeated', 'card_number_refused', 'text_forbidden'],
  },
  handle: async ({ root, tell, owner, params, body, actor, now }) => {
    const { mode } = await readEndpoint(root.sql, owner, params.id)
    const url = await checkWebhookUrl(body.url, reachOf(root.config, mode))
    const answer = await transaction(root.sql, async (tx) => {
      await updateEndpoint(
        tx,
        owner,
        params.id,
        { url: url.href, description: body.description, types: body.events },
        {
          actor,
          now,
        },
      )
      return endpointView(tx, owner, params.id)
    })
    await tell('wakeWebhook', (engine) => engine.wakeWebhook(params.id))
    return reply(200, answer)
  },
})

import { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { redeliverEvent, redeliverSince } from '../../store/webhooks/redeliver.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { id } from '../../schemas/ids.ts'
import { instant } from '../../schemas/time.ts'
import { endpointExample, endpointParams, endpointSchema, endpointView } from './endpoint-view.ts'

export const redeliverWebhooks = defineEndpoint({
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/redeliver',
  operationId: 'redeliverWebhooks',
  tag: 'Events',
  summary: 'Send events again',
  description:
    'One event, or everything since a time, also what happened before the endpoint was made. They carry the ids that they had before, and come in order within each bill.',
  consistency: 'eventual',
  access: ['webhooks:write'],
  params: endpointParams,
  body: z.strictObject({ event: id('evt').optional(), since: instant.optional() }).meta({ id: 'Redelivery' }),
  bodyExample: { since: '2026-11-24T00:00:00+09:00' },
  answers: { 202: { description: 'The endpoint; its events are on their way.', schema: endpointSchema, example: endpointExample } },
  refusals: { 404: ['webhook_endpoint_not_found', 'event_not_found'], 422: ['redelivery_unclear', 'date_out_of_range'] },
  handle: async (call) => {
    const { owner, params, body, actor, now } = call
    const { event, since } = body
    const answer = await runOnce(call, async (tx) => {
      if (event !== undefined && since === undefined) await redeliverEvent(tx, owner, params.id, event, { actor, now })
      else if (since !== undefined && event === undefined) await redeliverSince(tx, owner, params.id, Date.parse(since), { actor, now })
      else throw invalid('redelivery_unclear', 'Name either one event, or the time since when all are sent again.')
      return { status: 202, body: await endpointView(tx, owner, params.id) }
    })
    await call.tell('wakeWebhook', (engine) => engine.wakeWebhook(params.id))
    return answer
  },
})

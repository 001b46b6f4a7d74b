import { z } from 'zod'
import { setEndpointState } from '../../store/webhooks/change-endpoint.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { endpointExample, endpointParams, endpointSchema, endpointView } from './endpoint-view.ts'

const common = {
  method: 'post',
  tag: 'Events',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  body: z.strictObject({}).optional(),
  refusals: { 404: ['webhook_endpoint_not_found'] },
} as const

const switchTo = (
  verb: 'enable' | 'disable',
  words: { operationId: string; summary: string; description: string; example: object },
): Endpoint =>
  defineEndpoint({
    ...common,
    path: `/v1/webhook-endpoints/{id}/${verb}`,
    operationId: words.operationId,
    summary: words.summary,
    description: words.description,
    answers: { 200: { description: 'The endpoint after it.', schema: endpointSchema, example: { ...endpointExample, ...words.example } } },
    handle: async (call) => {
      const { owner, params, actor, now } = call
      const answer = await runOnce(call, async (tx) => {
        await setEndpointState(tx, owner, params.id, `${verb}d`, { actor, now })
        return { status: 200, body: await endpointView(tx, owner, params.id) }
      })
      await call.tell('wakeWebhook', (engine) => engine.wakeWebhook(params.id))
      return answer
    },
  })

export const enableWebhookEndpoint = switchTo('enable', {
  operationId: 'enableWebhookEndpoint',
  summary: 'Go on sending to an endpoint',
  description: 'It gets everything that happened while it was disabled, in order.',
  example: {},
})

export const disableWebhookEndpoint = switchTo('disable', {
  operationId: 'disableWebhookEndpoint',
  summary: 'Send nothing to an endpoint for now',
  description: 'Nothing is lost: enabled again, it gets what happened meanwhile.',
  example: { state: 'disabled', disabledBecause: 'asked' },
})

export const deleteWebhookEndpoint = defineEndpoint({
  ...common,
  path: '/v1/webhook-endpoints/{id}/delete',
  operationId: 'deleteWebhookEndpoint',
  summary: 'Do away with an endpoint',
  description: 'For good: nothing more is sent, its secrets are erased, and it is in no list any more. What was sent stays recorded.',
  answers: {
    200: {
      description: 'The endpoint is gone.',
      schema: z.strictObject({ id: id('whe'), deleted: z.literal(true) }),
      example: { id: exampleId('whe'), deleted: true },
    },
  },
  handle: (call) =>
    runOnce(call, async (tx) => {
      await setEndpointState(tx, call.owner, call.params.id, 'deleted', { actor: call.actor, now: call.now })
      return { status: 200, body: { id: call.params.id, deleted: true } }
    }),
})

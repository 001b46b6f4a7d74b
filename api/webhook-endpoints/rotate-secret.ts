import { z } from 'zod'
import { newWebhookSecret, sealSecret } from '../../composition/egress/secret-box.ts'
import { HOUR_MS } from '../../domain/duration.ts'
import { rotateSecret } from '../../store/webhooks/change-endpoint.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { time, toIso } from '../../schemas/time.ts'
import { endpointParams, secretSchema, withSecret } from './endpoint-view.ts'

const HOURS_MAX = 168

export const rotateWebhookSecret = defineEndpoint({
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/rotate-secret',
  operationId: 'rotateWebhookSecret',
  tag: 'Events',
  summary: 'Give an endpoint a new secret',
  description:
    'Until `oldUntil` every webhook carries two signatures, by the new and by the old secret, so that the receiver can change over without a gap. ' +
    'A secret that was rotated out before ends at once. 0 hours ends the old one now, for one that has leaked.',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  body: z.strictObject({ overlapHours: z.number().int().min(0).max(HOURS_MAX).default(24) }).meta({ id: 'WebhookSecretRotation' }),
  bodyExample: { overlapHours: 24 },
  answers: {
    200: {
      description: 'The new secret.',
      schema: z.strictObject({ id: id('whe'), oldUntil: time, secret: secretSchema }).meta({ id: 'RotatedWebhookSecret' }),
      example: { id: exampleId('whe'), oldUntil: '2026-11-25T03:00:00.000Z', secret: 'whsec_…' },
    },
  },
  refusals: { 404: ['webhook_endpoint_not_found'] },
  handle: async (call) => {
    const { root, owner, params, actor, now } = call
    const secret = newWebhookSecret()
    const overlapUntil = now + call.body.overlapHours * HOUR_MS
    const answer = await runOnce(call, async (tx) => {
      const seal = (endpointId: string): Buffer => sealSecret(root.config.GOJI_PEPPER, endpointId, secret)
      await rotateSecret(tx, owner, params.id, { seal, overlapUntil }, { actor, now })
      return { status: 200, body: { id: params.id, oldUntil: toIso(overlapUntil), secret: null } }
    })
    return { ...answer, body: withSecret(answer.body, answer.replayed, secret) }
  },
})

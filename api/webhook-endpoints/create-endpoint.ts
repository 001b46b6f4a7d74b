import { z } from 'zod'
import { newWebhookSecret, sealSecret } from '../../composition/egress/secret-box.ts'
import { checkWebhookUrl, reachOf } from '../../composition/egress/webhook-url.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { insertEndpoint } from '../../store/webhooks/change-endpoint.ts'
import { GojiError } from '../../domain/errors.ts'
import { within } from '../bills/within.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { id } from '../../schemas/ids.ts'
import { endpointExample, endpointInput, endpointSchema, endpointView, secretSchema, withSecret } from './endpoint-view.ts'

export const createWebhookEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/webhook-endpoints',
  operationId: 'createWebhookEndpoint',
  tag: 'Events',
  summary: 'Have events sent to an address',
  description:
    "Every event of the institution's bills from now on, in order within each bill, signed by Standard Webhooks with the secret of this answer. " +
    'An event counts as delivered once the address answers 2xx within 20 seconds; until then it is repeated for four weeks under the same `webhook-id`. ' +
    '410 disables the endpoint. Redirects are not followed.',
  consistency: 'strong',
  access: ['webhooks:write'],
  body: z
    .strictObject({ ...endpointInput, institution: id('ins').optional().meta({ description: 'For keys of the platform.' }) })
    .meta({ id: 'NewWebhookEndpoint' }),
  bodyExample: { url: 'https://city.example/goji', events: ['bill.paid', 'bill.settled'], description: 'Tax office, accounting' },
  answers: {
    201: {
      description: 'The endpoint with its secret.',
      schema: endpointSchema.extend({ secret: secretSchema }).meta({ id: 'NewWebhookEndpointAnswer' }),
      example: { ...endpointExample, secret: 'whsec_…' },
    },
  },
  refusals: {
    403: ['institution_key_needed'],
    404: ['institution_not_found'],
    422: ['webhook_url_refused', 'event_type_repeated', 'card_number_refused', 'text_forbidden'],
  },
  handle: async (call) => {
    const { root, caller, owner, body, actor, now } = call
    const { institutionId } = within(owner, body.institution)
    if (institutionId === null)
      throw new GojiError('forbidden', 'institution_key_needed', 'An endpoint belongs to an institution. Name it in `institution`.')
    const url = await checkWebhookUrl(body.url, reachOf(root.config, caller.mode))
    const secret = newWebhookSecret()
    const answer = await runOnce(call, async (tx) => {
      await readInstitution(tx, institutionId)
      const endpointId = await insertEndpoint(
        tx,
        {
          institutionId,
          mode: caller.mode,
          url: url.href,
          description: body.description,
          types: body.events,
          seal: (madeId) => sealSecret(root.config.GOJI_PEPPER, madeId, secret),
        },
        { actor, now },
      )
      return { status: 201, body: { ...(await endpointView(tx, owner, endpointId)), secret: null } }
    })
    const made = JSON.parse(answer.body) as { id: string }
    await call.tell('wakeWebhook', (engine) => engine.wakeWebhook(made.id))
    return { ...answer, body: withSecret(answer.body, answer.replayed, secret) }
  },
})

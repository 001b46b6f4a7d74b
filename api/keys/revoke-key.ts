import { z } from 'zod'
import { revokeApiKey } from '../../store/keys/revoke-api-key.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { exampleId, id, idParams } from '../../schemas/ids.ts'

export const revokeKeyEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/keys/{id}/revoke',
  operationId: 'revokeKey',
  tag: 'Institutions',
  summary: 'End a key',
  description: 'At once and for good. Ending it again changes nothing.',
  consistency: 'strong',
  access: ['operator'],
  params: idParams('key', 'key'),
  body: z.strictObject({}).optional(),
  answers: {
    200: {
      description: 'The key is not in force any more.',
      schema: z.strictObject({ id: id('key'), revoked: z.literal(true) }),
      example: { id: exampleId('key'), revoked: true },
    },
  },
  refusals: { 403: ['platform_key_needed'], 404: ['key_not_found'] },
  handle: (call) => {
    assertPlatform(call.caller)
    return runOnce(call, async (tx) => {
      await revokeApiKey(tx, call.params.id, call.actor, call.now)
      return { status: 200, body: { id: call.params.id, revoked: true } }
    })
  },
})

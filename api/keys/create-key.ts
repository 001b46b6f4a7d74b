import { z } from 'zod'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { INSTITUTION_SCOPES, KEY_SCOPES, keyExample, keySchema } from '../institutions/institution-schemas.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../schemas/ids.ts'
import { NewKey } from './new-key.ts'

const body = z
  .strictObject({
    scopes: z
      .array(z.enum(KEY_SCOPES))
      .min(1)
      .max(KEY_SCOPES.length)
      .default([...INSTITUTION_SCOPES]),
  })
  .meta({ id: 'NewApiKey' })

export const createKeyEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/institutions/{id}/keys',
  operationId: 'createKey',
  tag: 'Institutions',
  summary: 'Make another key for an institution',
  description:
    "In the mode (test or live) of the caller's key. Keys made before stay in force, so that a key can be replaced without a pause. The key is shown this once.",
  consistency: 'strong',
  access: ['operator'],
  params: idParams('ins', 'institution'),
  body,
  bodyExample: { scopes: ['bills:read', 'reports:read'] },
  answers: { 201: { description: 'The key.', schema: keySchema, example: keyExample } },
  refusals: { 403: ['platform_key_needed'], 404: ['institution_not_found'] },
  handle: async (call) => {
    const { root, caller, params, now } = call
    assertPlatform(caller)
    const key = new NewKey()
    const answer = await runOnce(call, async (tx) => {
      const { id: institutionId } = await readInstitution(tx, params.id)
      return {
        status: 201,
        body: await key.make(tx, root, { institutionId, mode: caller.mode, scopes: [...new Set(call.body.scopes)] }, now),
      }
    })
    return key.reveal(answer, (made) => made)
  },
})

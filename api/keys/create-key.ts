import { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { keyExample, keySchema } from '../institutions/institution-schemas.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { NewKey } from './new-key.ts'
import { INSTITUTION_SCOPES, KEY_SCOPES } from '../../schemas/key-scopes.ts'

const body = z
  .strictObject({
    scopes: z
      .array(z.enum(KEY_SCOPES))
      .min(1)
      .max(KEY_SCOPES.length)
      .default([...INSTITUTION_SCOPES]),
    expiresAt: instant.optional().meta({
      description: 'From this time on the key is refused. Without it the key is in force until it is ended.',
      example: '2027-11-24T00:00:00Z',
    }),
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
  bodyExample: { scopes: ['bills:read', 'reports:read'], expiresAt: '2027-11-24T00:00:00Z' },
  answers: { 201: { description: 'The key.', schema: keySchema, example: keyExample } },
  refusals: { 403: ['platform_key_needed'], 404: ['institution_not_found'], 422: ['date_out_of_range', 'expiry_past'] },
  handle: async (call) => {
    const { root, caller, params, now } = call
    assertPlatform(caller)
    const expiresAt = toMs(call.body.expiresAt) ?? null
    const key = new NewKey()
    const answer = await runOnce(call, async (tx) => {
      // In here, as a repetition gets the first answer also once the time has passed.
      if (expiresAt !== null && expiresAt <= now) throw invalid('expiry_past', 'The end of a key has to lie ahead.', '/expiresAt')
      const { id: institutionId } = await readInstitution(tx, params.id)
      return {
        status: 201,
        body: await key.make(tx, root, { institutionId, mode: caller.mode, scopes: [...new Set(call.body.scopes)], expiresAt }, now),
      }
    })
    return key.reveal(answer, (made) => made)
  },
})

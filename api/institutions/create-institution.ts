import { z } from 'zod'
import { CURRENCIES, type Currency } from '../../domain/currencies.ts'
import { insertInstitution } from '../../store/institutions/insert-institution.ts'
import { describeInstitution } from '../../store/institutions/list-institutions.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { NewKey } from '../keys/new-key.ts'
import { runOnce } from '../run-once.ts'
import { slug } from '../../schemas/ids.ts'
import { bothLanguages } from '../../schemas/text.ts'
import { zone } from '../../schemas/time.ts'
import { institutionExample, institutionSchema, institutionView, keyExample, keySchema } from './institution-schemas.ts'
import { INSTITUTION_SCOPES } from '../../schemas/key-scopes.ts'

const body = z
  .strictObject({
    slug,
    name: bothLanguages(120),
    currency: z.enum(CURRENCIES as [Currency, ...Currency[]]).meta({ description: 'All its bills are in this currency.' }),
    zone,
  })
  .meta({ id: 'NewInstitution' })

export const createInstitutionEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/institutions',
  operationId: 'createInstitution',
  tag: 'Institutions',
  summary: 'Take in an institution',
  description:
    "Records the institution and makes its first API key, in the mode (test or live) of the caller's key. The key is shown this once.",
  consistency: 'strong',
  access: ['operator'],
  body,
  bodyExample: { slug: 'hangang-city', name: { ko: '한강시청', en: 'Hangang City' }, currency: 'KRW', zone: 'Asia/Seoul' },
  answers: {
    201: {
      description: 'The institution and its first key.',
      schema: z.strictObject({ institution: institutionSchema, key: keySchema }),
      example: { institution: institutionExample, key: keyExample },
    },
  },
  refusals: { 403: ['platform_key_needed'], 409: ['institution_taken'], 422: ['card_number_refused', 'text_forbidden', 'zone_unknown'] },
  handle: async (call) => {
    const { root, caller, now } = call
    assertPlatform(caller)
    const key = new NewKey()
    const answer = await runOnce(call, async (tx) => {
      const id = await insertInstitution(tx, call.body, now)
      const made = await key.make(tx, root, { institutionId: id, mode: caller.mode, scopes: INSTITUTION_SCOPES }, now)
      return { status: 201, body: { institution: institutionView(await describeInstitution(tx, id)), key: made } }
    })
    return key.reveal(answer, ({ key: place }) => place as Record<string, unknown>)
  },
})

import { isDeepStrictEqual } from 'node:util'
import { lockInstitution } from '../../store/institutions/lock-institution.ts'
import { saveMapping } from '../../store/mappings/change-mapping.ts'
import { readMapping } from '../../store/mappings/mapping-row.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { ownInstitution } from '../institutions/own-institution.ts'
import {
  assertCurrency,
  mappingExample,
  mappingParams,
  namedMapping,
  newStoredMappingSchema,
  storedMappingExample,
  storedMappingSchema,
  storedMappingView,
} from './mapping-view.ts'

export const putMappingEndpoint = defineEndpoint({
  method: 'put',
  path: '/v1/institutions/{id}/mappings/{name}',
  operationId: 'putMapping',
  tag: 'Batches',
  summary: 'Store how files of bills are read',
  description:
    'Batches made from now on may name it as their `mappingName`; those that are there keep what they were made with. Setting what is set already changes nothing, so this needs no Idempotency-Key.',
  consistency: 'strong',
  access: ['bills:write'],
  params: mappingParams,
  body: newStoredMappingSchema,
  bodyExample: { mapping: mappingExample },
  answers: {
    200: { description: 'The mapping as it is set now, or was already.', schema: storedMappingSchema, example: storedMappingExample },
    201: { description: 'A new mapping.', schema: storedMappingSchema, example: storedMappingExample },
  },
  refusals: {
    404: ['institution_not_found', 'mapping_not_found'],
    422: ['card_number_refused', 'currency_differs', 'date_out_of_range', 'text_forbidden'],
  },
  handle: async (call) => {
    const { root, actor, params, body, now } = call
    const { id: institutionId, name } = params
    const { currency } = await ownInstitution(call, institutionId)
    assertCurrency(body.mapping, currency)
    return transaction(root.sql, async (tx) => {
      await lockInstitution(tx, institutionId)
      const before = await readMapping(tx, institutionId, name)
      if (before && isDeepStrictEqual(before.reading, body.mapping)) return reply(200, storedMappingView(before))
      await saveMapping(tx, { institutionId, name, reading: body.mapping, actor }, now)
      return reply(before ? 200 : 201, storedMappingView(await namedMapping(tx, institutionId, name)))
    })
  },
})

import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { ownInstitution } from '../institutions/own-institution.ts'
import { mappingParams, namedMapping, storedMappingExample, storedMappingSchema, storedMappingView } from './mapping-view.ts'

export const getMappingEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}/mappings/{name}',
  operationId: 'getMapping',
  tag: 'Batches',
  summary: 'Read how files of bills are read',
  description: 'The mapping with every field, those that were left out too. Who set it when stands in the log of the institution.',
  consistency: 'strong',
  access: ['bills:read'],
  params: mappingParams,
  answers: { 200: { description: 'The mapping.', schema: storedMappingSchema, example: storedMappingExample } },
  refusals: { 404: ['institution_not_found', 'mapping_not_found'] },
  handle: async (call) => {
    const { root, params } = call
    await ownInstitution(call, params.id)
    return reply(200, storedMappingView(await namedMapping(root.sql, params.id, params.name)))
  },
})

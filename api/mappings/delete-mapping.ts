import { lockInstitution } from '../../store/institutions/lock-institution.ts'
import { deleteMapping } from '../../store/mappings/change-mapping.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { ownInstitution } from '../institutions/own-institution.ts'
import { mappingParams, namedMapping, storedMappingExample, storedMappingSchema, storedMappingView } from './mapping-view.ts'

export const deleteMappingEndpoint = defineEndpoint({
  method: 'delete',
  path: '/v1/institutions/{id}/mappings/{name}',
  operationId: 'deleteMapping',
  tag: 'Batches',
  summary: 'Do away with a stored mapping',
  description: 'Batches that were made with it keep their copy. Repeated, it is not found any more, so this needs no Idempotency-Key.',
  consistency: 'strong',
  access: ['bills:write'],
  params: mappingParams,
  answers: { 200: { description: 'The mapping as it was.', schema: storedMappingSchema, example: storedMappingExample } },
  refusals: { 404: ['institution_not_found', 'mapping_not_found'] },
  handle: async (call) => {
    const { root, actor, params, now } = call
    const { id: institutionId, name } = params
    await ownInstitution(call, institutionId)
    return transaction(root.sql, async (tx) => {
      await lockInstitution(tx, institutionId)
      const mapping = await namedMapping(tx, institutionId, name)
      await deleteMapping(tx, { institutionId, name, actor }, now)
      return reply(200, storedMappingView(mapping))
    })
  },
})

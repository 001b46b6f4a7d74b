import { describeInstitution } from '../../store/institutions/list-institutions.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { institutionExample, institutionSchema, institutionView } from './institution-schemas.ts'
import { ownInstitution } from './own-institution.ts'

export const getInstitutionEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}',
  operationId: 'getInstitution',
  tag: 'Institutions',
  summary: 'Read an institution',
  description: 'An institution sees itself.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('ins', 'institution'),
  answers: { 200: { description: 'The institution.', schema: institutionSchema, example: institutionExample } },
  refusals: { 404: ['institution_not_found'] },
  handle: async (call) => {
    const { id } = await ownInstitution(call, call.params.id)
    return reply(200, institutionView(await describeInstitution(call.root.sql, id)))
  },
})

import { z } from 'zod'
import { listPolicies } from '../../store/institutions/list-policies.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { idParams } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { ownInstitution } from './own-institution.ts'
import { policyVersionExample, policyVersionSchema, policyVersionView } from './policy-view.ts'

export const listPoliciesEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}/policies',
  operationId: 'listPolicies',
  tag: 'Institutions',
  summary: "List an institution's policies",
  description: 'Each in its newest version, by name.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('ins', 'institution'),
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of policies.',
      schema: pageSchema(policyVersionSchema),
      example: { data: [policyVersionExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['institution_not_found'] },
  handle: async (call) => {
    const { root, params } = call
    await ownInstitution(call, params.id)
    return listPage(call, `policies of ${params.id}`, {
      read: (after, limit) => listPolicies(root.sql, params.id, { after, limit }),
      position: ({ name }) => name,
      view: policyVersionView,
    })
  },
})

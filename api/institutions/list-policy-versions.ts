import { z } from 'zod'
import { listPolicyVersions } from '../../store/institutions/list-policies.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { ownInstitution } from './own-institution.ts'
import { namedPolicy, policyParams, policyVersionExample, policyVersionSchema, policyVersionView } from './policy-view.ts'

export const listPolicyVersionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}/policies/{name}/versions',
  operationId: 'listPolicyVersions',
  tag: 'Institutions',
  summary: 'List the versions of a policy',
  description: 'The newest first. A version never changes, and bills keep the one they were received under.',
  consistency: 'strong',
  access: ['bills:read'],
  params: policyParams,
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of versions.',
      schema: pageSchema(policyVersionSchema),
      example: { data: [policyVersionExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['institution_not_found', 'policy_not_found'] },
  handle: async (call) => {
    const { root, params } = call
    const { id, name } = params
    await ownInstitution(call, id)
    await namedPolicy(root.sql, id, name)
    return listPage(call, `versions of ${id} ${name}`, {
      read: (position, limit) => listPolicyVersions(root.sql, id, name, { below: position === null ? null : Number(position), limit }),
      position: ({ version }) => String(version),
      view: policyVersionView,
    })
  },
})

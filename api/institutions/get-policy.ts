import { z } from 'zod'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { ownInstitution } from './own-institution.ts'
import { namedPolicy, policyParams, policyVersionExample, policyVersionSchema, policyVersionView, version } from './policy-view.ts'

export const getPolicyEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}/policies/{name}',
  operationId: 'getPolicy',
  tag: 'Institutions',
  summary: 'Read the policy of one kind of bill',
  description:
    'Its newest version, which counts for bills received now, or the one that is asked for. What was set when stands in the log of the institution.',
  consistency: 'strong',
  access: ['bills:read'],
  params: policyParams,
  query: z.strictObject({ version }),
  answers: { 200: { description: 'The version.', schema: policyVersionSchema, example: policyVersionExample } },
  refusals: { 404: ['institution_not_found', 'policy_not_found'] },
  handle: async (call) => {
    const { root, params, query } = call
    await ownInstitution(call, params.id)
    return reply(200, policyVersionView(await namedPolicy(root.sql, params.id, params.name, query.version)))
  },
})

import { z } from 'zod'
import { listPolicies } from '../../store/institutions/list-policies.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
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
    const { root, caller, params, query } = call
    await ownInstitution(call, params.id)
    const scope = { list: `policies of ${params.id}`, caller, filters: query }
    const rows = await listPolicies(root.sql, params.id, { after: readCursor(root, scope, query.cursor), limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      ({ name }) => name,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(policyVersionView), nextCursor: page.nextCursor })
  },
})

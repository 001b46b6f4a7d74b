import { z } from 'zod'
import { listPolicyVersions } from '../../store/institutions/list-policies.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
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
    const { root, caller, params, query } = call
    const { id, name } = params
    await ownInstitution(call, id)
    await namedPolicy(root.sql, id, name)
    const scope = { list: `versions of ${id} ${name}`, caller, filters: query }
    const position = readCursor(root, scope, query.cursor)
    const rows = await listPolicyVersions(root.sql, id, name, {
      below: position === null ? null : Number(position),
      limit: query.limit + 1,
    })
    const page = pageOf(
      rows,
      query.limit,
      ({ version }) => String(version),
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(policyVersionView), nextCursor: page.nextCursor })
  },
})

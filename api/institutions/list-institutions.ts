import { z } from 'zod'
import { listInstitutions } from '../../store/institutions/list-institutions.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { institutionExample, institutionSchema, institutionView } from './institution-schemas.ts'

export const listInstitutionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions',
  operationId: 'listInstitutions',
  tag: 'Institutions',
  summary: 'List institutions',
  description: 'The newest first.',
  consistency: 'strong',
  access: ['operator'],
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of institutions.',
      schema: pageSchema(institutionSchema),
      example: { data: [institutionExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'] },
  handle: async ({ root, caller, query }) => {
    assertPlatform(caller)
    const scope = { list: 'institutions', caller, filters: query }
    const rows = await listInstitutions(root.sql, { before: readCursor(root, scope, query.cursor), limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      ({ id }) => id,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(institutionView), nextCursor: page.nextCursor })
  },
})

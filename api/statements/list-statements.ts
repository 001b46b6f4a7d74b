import { z } from 'zod'
import { listStatements } from '../../store/statements/list-statements.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { statementSummaryExample, statementSummarySchema, statementSummaryView } from './statement-view.ts'

export const listStatementsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/statements',
  operationId: 'listStatements',
  tag: 'Statements',
  summary: 'List settlement files',
  description: 'The newest first, with how many lines are booked and how many are exceptions.',
  consistency: 'strong',
  access: ['statements:write'],
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of statements.',
      schema: pageSchema(statementSummarySchema),
      example: { data: [statementSummaryExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'] },
  handle: async ({ root, caller, query }) => {
    assertPlatform(caller)
    const scope = { list: 'statements', caller, filters: query }
    const rows = await listStatements(root.sql, { before: readCursor(root, scope, query.cursor), limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      ({ id }) => id,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(statementSummaryView), nextCursor: page.nextCursor })
  },
})

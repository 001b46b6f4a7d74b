import { z } from 'zod'
import { listStatements } from '../../store/statements/list-statements.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
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
  handle: async (call) => {
    assertPlatform(call.caller)
    return listPage(call, 'statements', {
      read: (before, limit) => listStatements(call.root.sql, { before, limit }),
      position: ({ id }) => id,
      view: statementSummaryView,
    })
  },
})

import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { statementExample, statementSchema, statementView } from './statement-view.ts'

export const getStatementEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/statements/{id}',
  operationId: 'getStatement',
  tag: 'Statements',
  summary: 'Read a settlement file',
  description: 'How many of its lines are booked, and those that nobody could place, with their reason, age and owner.',
  consistency: 'strong',
  access: ['statements:write'],
  params: idParams('stm', 'statement'),
  answers: { 200: { description: 'The statement.', schema: statementSchema, example: statementExample } },
  refusals: { 403: ['platform_key_needed'], 404: ['statement_not_found'] },
  handle: async ({ root, caller, params }) => {
    assertPlatform(caller)
    return reply(200, await statementView(root.sql, params.id))
  },
})

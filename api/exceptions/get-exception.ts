import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { exceptionExample, exceptionSchema, exceptionView } from './exception-view.ts'

export const getExceptionEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/exceptions/{id}',
  operationId: 'getException',
  tag: 'Exceptions',
  summary: 'Read an exception',
  description: 'What it is about, since when and whose it is, and bills that the money of a line may be for.',
  consistency: 'strong',
  access: ['bills:read', 'statements:write'],
  params: idParams('exc', 'exception'),
  answers: { 200: { description: 'The exception.', schema: exceptionSchema, example: exceptionExample } },
  refusals: { 404: ['exception_not_found'] },
  handle: async ({ root, owner, params, now }) => reply(200, await exceptionView(root.sql, owner, params.id, now)),
})

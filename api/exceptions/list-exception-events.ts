import { logEventExample, logEvents } from '../log-events.ts'
import { exceptionView } from './exception-view.ts'

export const listExceptionEventsEndpoint = logEvents({
  path: '/v1/exceptions/{id}/events',
  operationId: 'listExceptionEvents',
  tag: 'Exceptions',
  summary: "Read an exception's log",
  access: ['bills:read', 'statements:write'],
  prefix: 'exc',
  noun: 'exception',
  example: { ...logEventExample, action: 'assigned', body: { owner: 'payments team' } },
  assert: async ({ root, owner, params, now }) => void (await exceptionView(root.sql, owner, params.id, now)),
})

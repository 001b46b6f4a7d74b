import { listStatements } from '../../store/statements/list-statements.ts'
import { notFound } from '../../domain/errors.ts'
import { assertPlatform } from '../define-endpoint.ts'
import { logEventExample, logEvents } from '../log-events.ts'

export const listStatementEventsEndpoint = logEvents({
  path: '/v1/statements/{id}/events',
  operationId: 'listStatementEvents',
  tag: 'Statements',
  summary: "Read a statement's log",
  access: ['statements:write'],
  prefix: 'stm',
  noun: 'statement',
  example: { ...logEventExample, action: 'posted', actor: 'engine', body: { posted: 1199, exceptions: 1 } },
  forbidden: ['platform_key_needed'],
  assert: async ({ root, caller, params }) => {
    assertPlatform(caller)
    const [row] = await listStatements(root.sql, { id: params.id, before: null, limit: 1 })
    if (!row) throw notFound('statement')
  },
})

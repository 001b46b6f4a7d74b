import { logEventExample, logEvents } from '../log-events.ts'
import { platformKey } from './get-key.ts'

export const listKeyEventsEndpoint = logEvents({
  path: '/v1/keys/{id}/events',
  operationId: 'listKeyEvents',
  tag: 'Institutions',
  summary: "Read a key's log",
  access: ['operator'],
  prefix: 'key',
  noun: 'key',
  example: { ...logEventExample, action: 'created', actor: 'operator', body: { mode: 'test', scopes: ['bills:read'] } },
  forbidden: ['platform_key_needed'],
  assert: async (call) => void (await platformKey(call)),
})

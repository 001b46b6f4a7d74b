import { readBatch } from '../../store/batches/batch-row.ts'
import { logEventExample, logEvents } from '../log-events.ts'

export const listBatchEventsEndpoint = logEvents({
  path: '/v1/batches/{id}/events',
  operationId: 'listBatchEvents',
  tag: 'Batches',
  summary: "Read a batch's log",
  access: ['bills:read'],
  prefix: 'bat',
  noun: 'batch',
  example: { ...logEventExample, action: 'issuing', body: {} },
  assert: async ({ root, owner, params }) => void (await readBatch(root.sql, owner, params.id)),
})

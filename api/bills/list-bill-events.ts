import { assertOwned } from '../../store/bills/assert-owned.ts'
import { logEvents } from '../log-events.ts'

export const listBillEventsEndpoint = logEvents({
  path: '/v1/bills/{id}/events',
  operationId: 'listBillEvents',
  tag: 'Bills',
  summary: "Read a bill's log",
  access: ['bills:read'],
  prefix: 'bill',
  noun: 'bill',
  assert: ({ root, owner, params }) => assertOwned(root.sql, owner, params.id),
})

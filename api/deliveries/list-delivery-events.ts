import { readDelivery } from '../../store/deliveries/list-deliveries.ts'
import { entriesOfDelivery } from '../../store/log/entries-about.ts'
import { entriesAboutEndpoint } from '../entries-about.ts'

export const listDeliveryEventsEndpoint = entriesAboutEndpoint({
  path: '/v1/deliveries/{id}/events',
  operationId: 'listDeliveryEvents',
  tag: 'Deliveries',
  summary: 'Read what happened to a notice or reminder',
  description: "The entries of its bill's log that name its `key`, the oldest first.",
  access: ['bills:read'],
  prefix: 'dlv',
  noun: 'delivery',
  example: { action: 'delivered', body: { key: 'notice:app', channel: 'app' } },
  entries: entriesOfDelivery,
  assert: ({ root, owner, params }) => readDelivery(root.sql, owner, params.id),
})

import { entriesOfRefund } from '../../store/log/entries-about.ts'
import { readRefund } from '../../store/refunds/list-refunds.ts'
import { entriesAboutEndpoint } from '../entries-about.ts'
import { exampleId } from '../../schemas/ids.ts'

export const listRefundEventsEndpoint = entriesAboutEndpoint({
  path: '/v1/refunds/{id}/events',
  operationId: 'listRefundEvents',
  tag: 'Payments',
  summary: 'Read what happened to a refund',
  description: "The entries of its bill's log that are about it, the oldest first. The account that it goes to is never in them.",
  access: ['bills:read'],
  prefix: 'ref',
  noun: 'refund',
  example: { action: 'refundSubmitted', body: { refundId: exampleId('ref') } },
  entries: entriesOfRefund,
  assert: ({ root, owner, params }) => readRefund(root.sql, owner, params.id),
})

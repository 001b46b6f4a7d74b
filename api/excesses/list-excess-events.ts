import { readExcess } from '../../store/excesses/list-excesses.ts'
import { entriesOfExcess } from '../../store/log/entries-about.ts'
import { entriesAboutEndpoint } from '../entries-about.ts'
import { exampleId } from '../../schemas/ids.ts'

export const listExcessEventsEndpoint = entriesAboutEndpoint({
  path: '/v1/excesses/{id}/events',
  operationId: 'listExcessEvents',
  tag: 'Payments',
  summary: 'Read what happened to money that no bill could take',
  description:
    "The entries of its bill's log, and of the logs of bills that took of it, that are about it and its refunds, the oldest first.",
  access: ['bills:read'],
  prefix: 'exs',
  noun: 'excess',
  example: {
    action: 'excessHeld',
    body: { excessId: exampleId('exs'), paymentId: exampleId('pay'), amount: '5000', currency: 'KRW' },
  },
  entries: entriesOfExcess,
  assert: ({ root, owner, params }) => readExcess(root.sql, owner, params.id),
})

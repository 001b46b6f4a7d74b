import { entriesOfPayment } from '../../store/log/entries-about.ts'
import { readPayment } from '../../store/payments/list-payments.ts'
import { entriesAboutEndpoint } from '../entries-about.ts'
import { exampleId } from '../../schemas/ids.ts'

export const listPaymentEventsEndpoint = entriesAboutEndpoint({
  path: '/v1/payments/{id}/events',
  operationId: 'listPaymentEvents',
  tag: 'Payments',
  summary: 'Read what happened to a payment',
  description:
    "The entries of your bills' logs that are about it, its refunds, and what of it was kept, the oldest first. Its part for bills of others is not told.",
  access: ['bills:read'],
  prefix: 'pay',
  noun: 'payment',
  example: {
    action: 'paid',
    actor: 'citizen',
    body: { paymentId: exampleId('pay'), amount: '128500', currency: 'KRW', method: 'card' },
  },
  entries: entriesOfPayment,
  assert: ({ root, owner, params }) => readPayment(root.sql, owner, params.id),
})

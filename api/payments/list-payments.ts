import { z } from 'zod'
import { PAYMENT_METHODS } from '../../domain/ports/gateway.ts'
import { PAYMENT_STATES } from '../../domain/states/payment.ts'
import { listPayments } from '../../store/payments/list-payments.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { paymentDetailSchema, paymentDetailView, paymentExample } from './payment-view.ts'

export const listPaymentsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/payments',
  operationId: 'listPayments',
  tag: 'Payments',
  summary: 'List payments',
  description: 'Money that came in for your bills, by any rail, the newest first.',
  consistency: 'strong',
  access: ['bills:read'],
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(PAYMENT_STATES).optional(),
    method: z.enum(PAYMENT_METHODS).optional(),
    institution: id('ins').optional(),
    bill: id('bill').optional(),
    paidAfter: instant.optional(),
    paidBefore: instant.optional(),
  }),
  answers: {
    200: {
      description: 'A page of payments.',
      schema: pageSchema(paymentDetailSchema),
      example: { data: [paymentExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'payments', {
      read: (before, limit) => {
        const { limit: _limit, cursor: _cursor, paidAfter, paidBefore, ...rest } = call.query
        const filter = { ...rest, paidAfter: toMs(paidAfter), paidBefore: toMs(paidBefore) }
        return listPayments(call.root.sql, call.owner, filter, { before, limit })
      },
      position: ({ id }) => id,
      view: paymentDetailView,
    }),
})

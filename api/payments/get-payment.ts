import { readPayment } from '../../store/payments/list-payments.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { paymentDetailSchema, paymentDetailView, paymentExample } from './payment-view.ts'

export const getPaymentEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/payments/{id}',
  operationId: 'getPayment',
  tag: 'Payments',
  summary: 'Read a payment',
  description: 'What it paid of your bills, what went back, and whether it is settled, disputed or taken back.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('pay', 'payment'),
  answers: { 200: { description: 'The payment.', schema: paymentDetailSchema, example: paymentExample } },
  refusals: { 404: ['payment_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, paymentDetailView(await readPayment(root.sql, owner, params.id))),
})

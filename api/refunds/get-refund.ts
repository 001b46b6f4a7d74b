import { readRefund } from '../../store/refunds/list-refunds.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { refundDetailSchema, refundDetailView, refundExample } from './refund-view.ts'

export const getRefundEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/refunds/{id}',
  operationId: 'getRefund',
  tag: 'Payments',
  summary: 'Read a refund',
  description: 'Where it stands, and whether a person has to do something.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('ref', 'refund'),
  answers: { 200: { description: 'The refund.', schema: refundDetailSchema, example: refundExample } },
  refusals: { 404: ['refund_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, refundDetailView(await readRefund(root.sql, owner, params.id))),
})

import { z } from 'zod'
import { REFUND_STATES } from '../../domain/states/refund.ts'
import { listRefunds } from '../../store/refunds/list-refunds.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { refundDetailSchema, refundDetailView, refundExample } from './refund-view.ts'

export const listRefundsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/refunds',
  operationId: 'listRefunds',
  tag: 'Payments',
  summary: 'List refunds',
  description: 'The newest first. `state=awaitingAccount` and `state=awaitingPayout` are those that wait for a person.',
  consistency: 'strong',
  access: ['bills:read'],
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(REFUND_STATES).optional(),
    institution: id('ins').optional(),
    bill: id('bill').optional(),
    payment: id('pay').optional(),
    requestedAfter: instant.optional(),
    requestedBefore: instant.optional(),
  }),
  answers: {
    200: {
      description: 'A page of refunds.',
      schema: pageSchema(refundDetailSchema),
      example: { data: [refundExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'refunds', {
      read: (before, limit) => {
        const { limit: _limit, cursor: _cursor, requestedAfter, requestedBefore, ...rest } = call.query
        const filter = { ...rest, requestedAfter: toMs(requestedAfter), requestedBefore: toMs(requestedBefore) }
        return listRefunds(call.root.sql, call.owner, filter, { before, limit })
      },
      position: ({ id }) => id,
      view: refundDetailView,
    }),
})

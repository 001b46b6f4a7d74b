import { z } from 'zod'
import { REFUND_STATES } from '../../domain/states/refund.ts'
import { listRefunds } from '../../store/refunds/list-refunds.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { id } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { instant, toMs } from '../schemas/time.ts'
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
  handle: async ({ root, caller, owner, query: filters }) => {
    const { limit, cursor, requestedAfter, requestedBefore, ...rest } = filters
    const scope = { list: 'refunds', caller, filters }
    const rows = await listRefunds(
      root.sql,
      owner,
      { ...rest, requestedAfter: toMs(requestedAfter), requestedBefore: toMs(requestedBefore) },
      { before: readCursor(root, scope, cursor), limit: limit + 1 },
    )
    const page = pageOf(
      rows,
      limit,
      (row) => row.id,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(refundDetailView), nextCursor: page.nextCursor })
  },
})

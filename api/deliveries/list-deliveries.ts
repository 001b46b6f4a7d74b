import { z } from 'zod'
import { DELIVERY_PURPOSES } from '../../domain/bill.ts'
import { DELIVERY_STATES } from '../../domain/states/delivery.ts'
import { listDeliveries } from '../../store/deliveries/list-deliveries.ts'
import { within } from '../bills/within.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { listedDeliveryExample, listedDeliverySchema, listedDeliveryView } from './delivery-view.ts'

export const listDeliveriesEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/deliveries',
  operationId: 'listDeliveries',
  tag: 'Deliveries',
  summary: 'List notices and reminders',
  description: 'The newest first. `state=returned` lists the letters that came back.',
  consistency: 'strong',
  access: ['bills:read'],
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(DELIVERY_STATES).optional(),
    channel: z.string().max(64).optional(),
    purpose: z.enum(DELIVERY_PURPOSES).optional(),
    bill: id('bill').optional(),
    institution: id('ins').optional().meta({ description: 'Only one institution; a key of an institution sees no other anyway.' }),
    attemptedAfter: instant.optional(),
    attemptedBefore: instant.optional(),
  }),
  answers: {
    200: {
      description: 'A page of deliveries.',
      schema: pageSchema(listedDeliverySchema),
      example: { data: [listedDeliveryExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['institution_not_found'], 422: ['date_out_of_range'] },
  handle: (call) =>
    listPage(call, 'deliveries', {
      read: (before, limit) => {
        const { limit: _limit, cursor: _cursor, institution, bill, attemptedAfter, attemptedBefore, ...rest } = call.query
        const filter = { ...rest, billId: bill, attemptedAfter: toMs(attemptedAfter), attemptedBefore: toMs(attemptedBefore) }
        return listDeliveries(call.root.sql, within(call.owner, institution), filter, { before, limit })
      },
      position: ({ id }) => id,
      view: listedDeliveryView,
    }),
})

import { z } from 'zod'
import { CHECKOUT_STATES } from '../../domain/states/checkout.ts'
import { type ListedCheckout, listCheckouts } from '../../store/checkouts/list-checkouts.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { instant, time, toIso, toIsoOrNull, toMs } from '../../schemas/time.ts'

const summarySchema = z
  .strictObject({
    id: id('chk'),
    state: z.enum(CHECKOUT_STATES),
    amount: moneySchema,
    bills: z.number().int().meta({ description: 'How many; reading the checkout names them.' }),
    gateway: z.string(),
    failureCode: z.string().nullable(),
    createdAt: time,
    expiresAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'CheckoutSummary' })

const example = {
  id: exampleId('chk'),
  state: 'paid',
  amount: { amount: '128500', currency: 'KRW' },
  bills: 1,
  gateway: 'sample',
  failureCode: null,
  createdAt: '2026-11-24T00:10:00.000Z',
  expiresAt: '2026-11-24T00:40:00.000Z',
  endedAt: '2026-11-24T00:12:41.000Z',
}

const view = (row: ListedCheckout): object => ({
  id: row.id,
  state: row.state,
  amount: wire(row.amount_minor, row.currency),
  bills: row.bills,
  gateway: row.gateway,
  failureCode: row.failure_code,
  createdAt: toIso(row.created_at),
  expiresAt: toIso(row.expires_at),
  endedAt: toIsoOrNull(row.ended_at),
})

export const listCheckoutsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/checkouts',
  operationId: 'listCheckouts',
  tag: 'Checkouts',
  summary: 'List checkouts',
  description: 'The newest first. An institution sees those whose bills are all its own.',
  consistency: 'strong',
  access: ['checkouts:write', 'bills:read'],
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(CHECKOUT_STATES).optional(),
    bill: id('bill').optional().meta({ description: 'Only those that were begun for this bill.' }),
    createdAfter: instant.optional(),
    createdBefore: instant.optional(),
  }),
  answers: {
    200: { description: 'A page of checkouts.', schema: pageSchema(summarySchema), example: { data: [example], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'checkouts', {
      read: (before, limit) => {
        const { state, bill, createdAfter, createdBefore } = call.query
        const filter = { state, bill, createdAfter: toMs(createdAfter), createdBefore: toMs(createdBefore) }
        return listCheckouts(call.root.sql, call.owner, filter, { before, limit })
      },
      position: ({ id }) => id,
      view,
    }),
})

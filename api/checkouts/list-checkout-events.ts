import { z } from 'zod'
import { assertCheckoutOwned } from '../../store/checkouts/assert-checkout-owned.ts'
import { type CheckoutLine, checkoutLog } from '../../store/checkouts/checkout-log.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { exampleId, id, idParams } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { time, toIso } from '../schemas/time.ts'

const schema = z
  .strictObject({
    bill: id('bill').meta({ description: 'The bill in whose log the entry stands.' }),
    seq: z.number().int().meta({ description: "Its number in that bill's log, which has its hash." }),
    at: time,
    action: z.string(),
    actor: z.string(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CheckoutEvent' })

const example = {
  bill: exampleId('bill'),
  seq: 7,
  at: '2026-11-24T00:10:00.000Z',
  action: 'checkoutBegun',
  actor: 'citizen',
  body: { checkoutId: exampleId('chk') },
}

const view = ({ bill_id: bill, seq, at, action, actor, body }: CheckoutLine): object => ({
  bill,
  seq,
  at: toIso(at),
  action,
  actor,
  body: JSON.parse(body) as unknown,
})

export const listCheckoutEventsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/checkouts/{id}/events',
  operationId: 'listCheckoutEvents',
  tag: 'Checkouts',
  summary: 'Read what happened to a checkout',
  description: "The entries of its bills' logs that are about it and about the payment that came of it, the oldest first.",
  consistency: 'strong',
  access: ['checkouts:write', 'bills:read'],
  params: idParams('chk', 'checkout'),
  query: z.strictObject(pageQuery),
  answers: { 200: { description: 'A page of entries.', schema: pageSchema(schema), example: { data: [example], nextCursor: null } } },
  refusals: { 400: ['cursor_invalid'], 404: ['checkout_not_found'] },
  handle: async (call) => {
    const { root, owner, params } = call
    await assertCheckoutOwned(root.sql, owner, params.id)
    return listPage(call, `events of ${params.id}`, {
      read: (position, limit) => {
        const [at, billId = '', seq] = position?.split(',') ?? []
        return checkoutLog(root.sql, params.id, { after: at === undefined ? null : { at: Number(at), billId, seq: Number(seq) }, limit })
      },
      position: (row) => `${row.at},${row.bill_id},${row.seq}`,
      view,
    })
  },
})

import { z } from 'zod'
import { cancelCheckout } from '../../composition/cancel-checkout.ts'
import { conflict } from '../../domain/errors.ts'
import { assertCheckoutOwned } from '../../store/checkouts/assert-checkout-owned.ts'
import { readCheckout } from '../../store/checkouts/checkout-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { checkoutExample, checkoutSchema, checkoutView } from './checkout-view.ts'

export const cancelCheckoutEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/checkouts/{id}/cancel',
  operationId: 'cancelCheckout',
  tag: 'Checkouts',
  summary: 'End a checkout that is not paid',
  description:
    'Answers once the gateway has confirmed that nothing can be paid there any more, and lets the bills go. A checkout that ended unpaid already stays as it is.',
  consistency: 'strong',
  access: ['checkouts:write'],
  params: idParams('chk', 'checkout'),
  body: z.strictObject({}).optional(),
  answers: {
    200: {
      description: 'The checkout, ended.',
      schema: checkoutSchema,
      example: { ...checkoutExample, state: 'cancelled', url: null, endedAt: '2026-11-24T00:15:00.000Z' },
    },
  },
  refusals: { 404: ['checkout_not_found'], 409: ['checkout_paid'] },
  handle: async (call) => {
    const { root, owner, params } = call
    // The key is bound to this request first; ending a checkout is the same however often it is asked for.
    const { headers } = await runOnce(call, async (tx) => {
      await assertCheckoutOwned(tx, owner, params.id)
      return { status: 200, body: {} }
    })
    const { state } = await readCheckout(root.sql, params.id)
    const end = state === 'claimed' || state === 'open' ? (await cancelCheckout(root.engine, params.id)).state : state
    if (end === 'paid')
      throw conflict('checkout_paid', 'The checkout is paid: it was too late. Read its bills; what none of them takes goes back by itself.')
    return reply(200, await checkoutView(root.sql, params.id), headers)
  },
})

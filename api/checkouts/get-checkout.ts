import { assertCheckoutOwned } from '../../store/checkouts/assert-checkout-owned.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { checkoutExample, checkoutSchema, checkoutView } from './checkout-view.ts'

export const getCheckoutEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/checkouts/{id}',
  operationId: 'getCheckout',
  tag: 'Checkouts',
  summary: 'Read a checkout',
  description: 'An institution sees a checkout whose bills are all its own.',
  consistency: 'strong',
  access: ['checkouts:write', 'bills:read'],
  params: idParams('chk', 'checkout'),
  answers: { 200: { description: 'The checkout.', schema: checkoutSchema, example: checkoutExample } },
  refusals: { 404: ['checkout_not_found'] },
  handle: async ({ root, owner, params }) => {
    await assertCheckoutOwned(root.sql, owner, params.id)
    return reply(200, await checkoutView(root.sql, params.id))
  },
})

import { assertCheckoutOwned } from '../../store/checkouts/assert-checkout-owned.ts'
import { entriesOfCheckout } from '../../store/log/entries-about.ts'
import { entriesAboutEndpoint } from '../entries-about.ts'
import { exampleId } from '../../schemas/ids.ts'

export const listCheckoutEventsEndpoint = entriesAboutEndpoint({
  path: '/v1/checkouts/{id}/events',
  operationId: 'listCheckoutEvents',
  tag: 'Checkouts',
  summary: 'Read what happened to a checkout',
  description: "The entries of its bills' logs that are about it and about the payment that came of it, the oldest first.",
  access: ['checkouts:write', 'bills:read'],
  prefix: 'chk',
  noun: 'checkout',
  example: { action: 'checkoutBegun', actor: 'citizen', body: { checkoutId: exampleId('chk') } },
  entries: entriesOfCheckout,
  assert: ({ root, owner, params }) => assertCheckoutOwned(root.sql, owner, params.id),
})

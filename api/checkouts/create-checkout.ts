import { z } from 'zod'
import { startCheckout } from '../../composition/start-checkout.ts'
import { conflict, invalid, notFound } from '../../domain/errors.ts'
import { type Money, parseMoney } from '../../domain/money.ts'
import { payersOfBills } from '../../store/checkouts/payers-of-bills.ts'
import { beginCheckout, CHECKOUT_BILLS_MAX } from '../../store/commands/begin-checkout.ts'
import type { Queryable } from '../../store/connection.ts'
import type { Owner } from '../../store/owner.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { replayHeaders, runOnce } from '../run-once.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { language } from '../../schemas/text.ts'
import { checkoutExample, checkoutSchema, checkoutView } from './checkout-view.ts'

const body = z
  .strictObject({
    bills: z
      .array(z.union([id('bill'), z.strictObject({ id: id('bill'), amount: moneySchema.optional() })]))
      .min(1)
      .max(CHECKOUT_BILLS_MAX)
      .meta({
        description:
          'Bills of one citizen in one currency, each by its id or with the part of it to pay: `amount` below what is owed is taken where the policy has `partialPayments`. All are paid, or none is.',
      }),
    language,
    returnPath: z
      .string()
      .max(200)
      .regex(/^\/(?:[A-Za-z0-9_-]+(?:\/(?:[A-Za-z0-9_-]+|\{id\}))*)?$/, 'It has to be a path on this site, such as /checkouts/{id}/return.')
      .default('/checkouts/{id}/return')
      .meta({ description: 'Where on this site the citizen comes back to, paid or not; `{id}` becomes the checkout.' }),
  })
  .meta({ id: 'NewCheckout' })

export const createCheckoutEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/checkouts',
  operationId: 'createCheckout',
  tag: 'Checkouts',
  summary: 'Start one payment of one or many bills',
  description:
    'Holds the bills and asks the gateway for a payment page. Bills that an older, unpaid checkout holds are taken over once the gateway has confirmed that nothing can be paid there any more. ' +
    'A repetition with the same key answers the same checkout as it is now.',
  consistency: 'strong',
  access: ['checkouts:write'],
  body,
  bodyExample: { bills: [exampleId('bill')], language: 'ko' },
  answers: { 201: { description: 'The checkout.', schema: checkoutSchema, example: checkoutExample } },
  refusals: {
    404: ['bill_not_found'],
    409: ['amount_above_owed', 'bill_in_checkout', 'bill_not_payable', 'citizens_differ', 'partial_below_minimum', 'partial_not_allowed'],
    422: ['amount_malformed', 'amount_not_positive', 'bill_repeated', 'currencies_differ', 'currency_unknown'],
    429: ['checkouts_too_many'],
    503: ['provider_stopped'],
  },
  handle: async (call) => {
    const { root, owner, actor, body: order } = call
    const { billIds, amounts } = partsOf(order.bills)
    const citizenId = await payerOf(root.sql, owner, billIds)
    let replayed = false
    const input = {
      citizenId,
      billIds,
      amounts,
      gateway: root.config.GOJI_GATEWAY,
      perHour: root.config.GOJI_LIMIT_CHECKOUTS,
      language: order.language,
      returnPath: order.returnPath,
      actor,
    }
    const { checkoutId } = await startCheckout(root, input, async (begun, now) => {
      const answer = await runOnce({ ...call, now }, async (tx) => ({ status: 201, body: await beginCheckout(tx, begun, now) }))
      replayed = answer.replayed
      return JSON.parse(answer.body) as { checkoutId: string }
    })
    return reply(201, await checkoutView(root.sql, checkoutId), replayHeaders(replayed))
  },
})

/** The chosen bills with the parts that were named. @throws GojiError `bill_repeated`, and of a malformed amount. */
function partsOf(bills: z.output<typeof body>['bills']): { billIds: string[]; amounts: Map<string, Money> } {
  const amounts = new Map<string, Money>()
  const parts = bills.map((one) => (typeof one === 'string' ? { id: one, amount: undefined } : one))
  parts.forEach(({ id: billId, amount }, index) => {
    if (amount !== undefined) amounts.set(billId, parseMoney(amount, `/bills/${index}/amount`))
  })
  const billIds = [...new Set(parts.map((part) => part.id))]
  if (billIds.length < parts.length && amounts.size > 0)
    throw invalid('bill_repeated', 'A bill stands twice among the bills to pay.', '/bills')
  return { billIds, amounts }
}

/** The one citizen whose bills these are. @throws GojiError `bill_not_found`, `citizens_differ` (conflict). */
async function payerOf(sql: Queryable, owner: Owner, billIds: readonly string[]): Promise<string> {
  const payers = await payersOfBills(sql, owner, billIds)
  const [first] = payers
  if (first === undefined || payers.length < billIds.length) throw notFound('bill')
  if (payers.some(({ citizen_id }) => citizen_id !== first.citizen_id)) {
    throw conflict('citizens_differ', 'These are bills of different people. One payment takes the bills of one.', '/bills')
  }
  return first.citizen_id
}

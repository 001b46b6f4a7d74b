import { z } from 'zod'
import { parseMoney } from '../../domain/money.ts'
import { decideObjection, OUTCOMES } from '../../store/commands/decide-objection.ts'
import { readObjection } from '../../store/objections/objection-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { orderReason } from '../bills/order-bill.ts'
import { objectionExample, objectionSchema, objectionView } from './objection-view.ts'

const body = z
  .strictObject({
    outcome: z.enum(OUTCOMES).meta({
      description: '`upheld` cancels the bill, `partly` lowers its amount, `dismissed` and `withdrawn` leave it as it is.',
    }),
    reason: orderReason,
    amount: moneySchema.optional().meta({ description: 'With `partly`: what the bill asks for from now on.' }),
  })
  .meta({ id: 'Decision' })

export const decideObjectionEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/objections/{id}/decide',
  operationId: 'decideObjection',
  tag: 'Objections',
  summary: 'Decide an objection',
  description:
    'The clocks of the bill go on with exactly the time that was left. What was paid on a bill that is then cancelled stays paid, unless you refund it; what is paid beyond a lower amount and its surcharges goes by the policy (`onExcess`).',
  consistency: 'strong',
  access: ['bills:write'],
  params: idParams('obj', 'objection'),
  body,
  bodyExample: { outcome: 'partly', reason: 'Sold on June 12', amount: { amount: '64200', currency: 'KRW' } },
  answers: {
    200: {
      description: 'The objection, decided.',
      schema: objectionSchema,
      example: { ...objectionExample, state: 'dismissed', reason: 'The sale was not registered', decidedAt: '2026-12-09T02:10:00.000Z' },
    },
  },
  refusals: {
    404: ['objection_not_found'],
    409: ['bill_asks_nothing', 'objection_decided'],
    422: [
      'amount_below_cancelled',
      'amount_below_paid',
      'amount_malformed',
      'amount_missing',
      'amount_not_lower',
      'amount_not_positive',
      'amount_not_wanted',
      'amount_too_large',
      'card_number_refused',
      'currency_differs',
      'currency_unknown',
      'text_forbidden',
    ],
  },
  handle: (call) => {
    const { owner, params, body: given, actor, now } = call
    const amount = given.amount === undefined ? undefined : parseMoney(given.amount, '/amount')
    return runOnce(call, async (tx) => {
      await readObjection(tx, owner, params.id)
      const decision = { objectionId: params.id, outcome: given.outcome, reason: given.reason, amount, actor }
      const wakes = await decideObjection(tx, decision, now)
      return { status: 200, body: objectionView(await readObjection(tx, owner, params.id)), wakes }
    })
  },
})

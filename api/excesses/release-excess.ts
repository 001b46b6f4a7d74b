import { z } from 'zod'
import { parseMoney } from '../../domain/money.ts'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import { allocateExcess, type ExcessOrder, refundExcess } from '../../store/commands/use-excess.ts'
import { readExcess } from '../../store/excesses/list-excesses.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { exampleId, id, idParams } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { excessExample, excessSchema, excessView } from './excess-view.ts'

const amount = moneySchema.optional().meta({ description: 'All that is left where it is left out.' })
const ending = {
  consistency: 'strong',
  tag: 'Payments',
  method: 'post',
  access: ['bills:write'],
  params: idParams('exs', 'excess'),
  answers: { 200: { description: 'What is left of it.', schema: excessSchema, example: excessExample } },
} as const
const AMOUNT_REFUSALS = ['amount_malformed', 'amount_not_positive', 'amount_too_large', 'currency_differs', 'currency_unknown']

const orderOf = (excessId: string, given: z.output<typeof amount>, actor: string): ExcessOrder => ({
  excessId,
  actor,
  ...(given === undefined ? {} : { amount: parseMoney(given, '/amount') }),
})

export const refundExcessEndpoint = defineEndpoint({
  ...ending,
  path: '/v1/excesses/{id}/refund',
  operationId: 'refundExcess',
  summary: 'Give kept money back to the citizen',
  description: 'A refund is made of it, which the gateway is asked for at once.',
  body: z.strictObject({ amount }).meta({ id: 'ExcessRefund' }),
  bodyExample: {},
  refusals: { 404: ['excess_not_found'], 409: ['amount_above_excess', 'excess_used_up', 'payment_taken_back'], 422: AMOUNT_REFUSALS },
  handle: (call) =>
    runOnce(call, async (tx) => {
      const { owner, actor, params, body, now } = call
      await readExcess(tx, owner, params.id)
      const { wakes } = await refundExcess(tx, orderOf(params.id, body.amount, actor), now)
      return { status: 200, body: excessView(await readExcess(tx, owner, params.id)), wakes }
    }),
})

export const allocateExcessEndpoint = defineEndpoint({
  ...ending,
  path: '/v1/excesses/{id}/allocate',
  operationId: 'allocateExcess',
  summary: 'Give kept money to a bill',
  description: 'To an open bill of the same citizen, institution and currency, as far as it owes something.',
  body: z.strictObject({ billId: id('bill'), amount }).meta({ id: 'ExcessAllocation' }),
  bodyExample: { billId: exampleId('bill') },
  refusals: {
    404: ['bill_not_found', 'excess_not_found'],
    409: ['amount_above_excess', 'amount_above_owed', 'bill_not_payable', 'excess_elsewhere', 'excess_used_up', 'payment_taken_back'],
    422: AMOUNT_REFUSALS,
  },
  handle: (call) =>
    runOnce(call, async (tx) => {
      const { owner, actor, params, body, now } = call
      await readExcess(tx, owner, params.id)
      await assertOwned(tx, owner, body.billId)
      const wakes = await allocateExcess(tx, { ...orderOf(params.id, body.amount, actor), billId: body.billId }, now)
      return { status: 200, body: excessView(await readExcess(tx, owner, params.id)), wakes }
    }),
})

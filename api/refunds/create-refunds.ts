import { z } from 'zod'
import { parseMoney } from '../../domain/money.ts'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { readRefund } from '../../store/refunds/list-refunds.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { exampleId, id, idParams } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { text } from '../../schemas/text.ts'
import { refundDetailSchema, refundDetailView, refundExample } from './refund-view.ts'

const body = z
  .strictObject({
    amount: moneySchema.optional().meta({ description: 'All that is refundable where it is left out.' }),
    expectedRefundable: moneySchema.meta({
      description:
        'What you believe can be refunded now: of `paymentId` where you name one, else of all payments. Where it is something else nothing is done.',
    }),
    reason: text(300).meta({ description: 'Kept with the refund: no personal data.' }),
    paymentId: id('pay').optional().meta({ description: 'Which payment it comes from; otherwise the newest first.' }),
    cancelCharge: z
      .boolean()
      .default(false)
      .meta({ description: 'Takes the charge back too, so that nothing is owed again. Without it the bill is opened again and owed.' }),
  })
  .meta({ id: 'NewRefund' })

export const createRefundsEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/bills/{id}/refunds',
  operationId: 'createRefunds',
  tag: 'Payments',
  summary: 'Give back what was paid on a bill',
  description:
    'All or a part, any number of times, never more than was paid: what is requested and under way counts. One refund is made of each payment that is touched. ' +
    'Where it comes to more than the institution leaves to one person (`approvalAbove`), it waits in `awaitingApproval` for a second one. The gateway is asked at once; after a settlement it is netted from the next one. Where the gateway has no way back, the citizen is asked for an account.',
  consistency: 'strong',
  access: ['bills:write'],
  params: idParams('bill', 'bill'),
  body,
  bodyExample: {
    amount: { amount: '28500', currency: 'KRW' },
    expectedRefundable: { amount: '128500', currency: 'KRW' },
    reason: 'The vehicle was sold in August',
    cancelCharge: true,
  },
  answers: {
    201: {
      description: 'The refunds, one of each payment.',
      schema: z.strictObject({ data: z.array(refundDetailSchema) }),
      example: { data: [{ ...refundExample, paymentId: exampleId('pay') }] },
    },
  },
  refusals: {
    404: ['bill_not_found', 'payment_not_found'],
    409: ['amount_above_refundable', 'nothing_to_refund', 'refundable_differs'],
    422: [
      'amount_malformed',
      'amount_not_positive',
      'amount_too_large',
      'card_number_refused',
      'currency_differs',
      'currency_unknown',
      'text_forbidden',
    ],
  },
  handle: (call) =>
    runOnce(call, async (tx) => {
      const { owner, actor, params, body: order, now } = call
      await assertOwned(tx, owner, params.id)
      const { refundIds, wakes } = await refundBill(
        tx,
        {
          billId: params.id,
          expected: parseMoney(order.expectedRefundable, '/expectedRefundable'),
          note: order.reason,
          cancelCharge: order.cancelCharge,
          actor,
          ...(order.amount === undefined ? {} : { amount: parseMoney(order.amount, '/amount') }),
          ...(order.paymentId === undefined ? {} : { paymentId: order.paymentId }),
        },
        now,
      )
      const data = []
      for (const refundId of refundIds) data.push(refundDetailView(await readRefund(tx, owner, refundId)))
      return { status: 201, body: { data }, wakes }
    }),
})

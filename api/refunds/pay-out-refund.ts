import { z } from 'zod'
import { payOutRefund } from '../../store/commands/refund-route.ts'
import { line } from '../../schemas/text.ts'
import { instant } from '../../schemas/time.ts'
import { orderRefund } from './order-refund.ts'

const body = z
  .strictObject({
    reference: line(140).meta({ description: "The bank's reference of the transfer." }),
    paidAt: instant.optional().meta({ description: 'When it was paid; now where it is left out.' }),
  })
  .meta({ id: 'Payout' })

export const payOutRefundEndpoint = orderRefund({
  verb: 'payout',
  operationId: 'payOutRefund',
  summary: 'Say that a refund was paid out',
  description:
    'For a refund in `awaitingPayout`: its gateway pays to no accounts, so a person made the transfer. It is booked out of the bank.',
  body,
  bodyExample: { reference: '20261124-0042' },
  refusals: { 409: ['reference_taken', 'refund_not_payable'], 422: ['date_out_of_range', 'text_forbidden'] },
  command: (tx, { refundId, body: { reference, paidAt }, actor, now }) =>
    payOutRefund(tx, { refundId, reference, paidAt: paidAt === undefined ? now : Date.parse(paidAt), actor }, now),
})

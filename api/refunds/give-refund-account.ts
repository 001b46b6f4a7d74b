import { z } from 'zod'
import { giveRefundAccount } from '../../store/commands/refund-route.ts'
import { line } from '../schemas/text.ts'
import { orderRefund } from './order-refund.ts'

const body = z
  .strictObject({
    bank: line(60).meta({ description: "The bank's name or code, as the gateway knows it." }),
    number: z
      .string()
      .regex(/^[A-Z0-9](?:[A-Z0-9-]{2,32})[A-Z0-9]$/, 'Use 4 to 34 digits, capitals and hyphens.')
      .meta({ description: 'The account number or IBAN, without blanks.' }),
    holder: line(120),
  })
  .meta({ id: 'RefundAccount' })

export const giveRefundAccountEndpoint = orderRefund({
  verb: 'account',
  operationId: 'giveRefundAccount',
  summary: 'Say where a refund may go',
  description:
    'For a refund in `awaitingAccount`, from whoever speaks with the citizen; the citizen can say it on the pages too. It is kept apart, shown masked, and erased once the money is there.',
  body,
  bodyExample: { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' },
  refusals: { 409: ['refund_needs_no_account'], 422: ['text_forbidden'] },
  command: (tx, { refundId, body: account, actor, now }) => giveRefundAccount(tx, { refundId, account, actor }, now),
})

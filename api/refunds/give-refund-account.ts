import { giveRefundAccount } from '../../store/commands/refund-route.ts'
import { refundAccount } from '../../schemas/refund-account.ts'
import { orderRefund } from './order-refund.ts'

const body = refundAccount.meta({ id: 'RefundAccount' })

export const giveRefundAccountEndpoint = orderRefund({
  verb: 'account',
  operationId: 'giveRefundAccount',
  summary: 'Say where a refund may go',
  description:
    'For a refund in `awaitingAccount`, from whoever speaks with the citizen; the citizen can say it on the pages too. It is kept apart, shown masked, and erased once the money is there.',
  body,
  bodyExample: { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' },
  refusals: { 409: ['refund_needs_no_account'], 422: ['card_number_refused', 'text_forbidden'] },
  command: (tx, { refundId, body: account, actor, now }) => giveRefundAccount(tx, { refundId, account, actor }, now),
})

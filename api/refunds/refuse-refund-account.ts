import { refuseRefundAccount } from '../../store/commands/refund-route.ts'
import { nothing, orderRefund } from './order-refund.ts'

export const refuseRefundAccountEndpoint = orderRefund({
  verb: 'refuse-account',
  operationId: 'refuseRefundAccount',
  summary: 'Say that the account of a refund is none',
  description: 'For a refund in `awaitingPayout` whose transfer the bank refused: the account is erased and the citizen is asked again.',
  body: nothing,
  bodyExample: {},
  refusals: { 409: ['refund_not_payable'] },
  command: (tx, { refundId, actor, now }) => refuseRefundAccount(tx, { refundId, actor }, now),
})

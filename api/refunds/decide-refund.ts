import { z } from 'zod'
import { approveRefund, declineRefund } from '../../store/commands/decide-refund.ts'
import { text } from '../../schemas/text.ts'
import { nothing, orderRefund } from './order-refund.ts'
import { institutionOf } from '../../store/owner.ts'

export const approveRefundEndpoint = orderRefund({
  verb: 'approve',
  operationId: 'approveRefund',
  summary: 'Agree to a refund as the second person',
  description:
    'For a refund in `awaitingApproval`, by another key of the institution than the one that ordered it. It then goes back like any other.',
  access: 'refunds:approve',
  body: nothing,
  bodyExample: {},
  refusals: { 403: ['institution_key_needed', 'second_person_needed'], 409: ['payment_disputed', 'refund_not_awaiting_approval'] },
  command: (tx, { refundId, caller, actor, now }) => {
    institutionOf(caller)
    return approveRefund(tx, { refundId, actor }, now)
  },
})

export const declineRefundEndpoint = orderRefund({
  verb: 'decline',
  operationId: 'declineRefund',
  summary: 'Decline a refund as the second person',
  description:
    'For a refund in `awaitingApproval`, by another key of the institution than the one that ordered it. Nothing goes back: the money stays with its bill, or is kept as it was.',
  access: 'refunds:approve',
  body: z.strictObject({ reason: text(300).meta({ description: 'Kept with the refund: no personal data.' }) }).meta({ id: 'Decline' }),
  bodyExample: { reason: 'The vehicle was not sold' },
  refusals: {
    403: ['institution_key_needed', 'second_person_needed'],
    409: ['refund_not_awaiting_approval'],
    422: ['card_number_refused', 'text_forbidden'],
  },
  command: (tx, { refundId, body: { reason }, caller, actor, now }) => {
    institutionOf(caller)
    return declineRefund(tx, { refundId, reason, actor }, now)
  },
})

import type { Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'

export type Refund = Schemas['RefundDetail']

export const ID = ['id', 'the refund, such as ref_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

export const columns = [
  { title: 'id', value: ({ id }: Refund) => id },
  { title: 'bill', value: ({ billId }: Refund) => billId },
  { title: 'amount', value: ({ amount }: Refund) => money(amount), right: true },
  { title: 'state', value: ({ state, failureCode }: Refund) => (failureCode === null ? state : `${state} (${failureCode})`) },
  { title: 'why', value: ({ reason }: Refund) => reason },
  { title: 'requested', value: ({ requestedAt }: Refund) => requestedAt },
  { title: 'back', value: ({ refundedAt }: Refund) => refundedAt ?? '-' },
]

/** What people read of a refund. Accounts come masked from the API. */
export const text = (refund: Refund): string =>
  facts([
    ['refund', refund.id],
    ['bill', refund.billId],
    ['payment', refund.paymentId],
    ['amount', money(refund.amount)],
    ['state', refund.failureCode === null ? refund.state : `${refund.state} (${refund.failureCode})`],
    ['why', refund.note === null ? refund.reason : `${refund.reason}: ${refund.note}`],
    ['requested', `${refund.requestedAt} by ${refund.requestedBy}`],
    ...(refund.decision === null
      ? []
      : [
          [
            'decided',
            `${refund.decision.at} by ${refund.decision.by}${refund.decision.reason === null ? '' : `: ${refund.decision.reason}`}`,
          ] as const,
        ]),
    ['back', refund.refundedAt === null ? '-' : `${refund.refundedAt} by the ${refund.by ?? 'gateway'}, ${refund.reference ?? '-'}`],
    ['account', refund.account === null ? '-' : `${refund.account.bank} ${refund.account.number}, ${refund.account.holder}`],
    ...(refund.exception === null
      ? []
      : [['waits for', `${refund.exception.owner} since ${refund.exception.openedAt}: ${refund.exception.kind}`] as const]),
  ])

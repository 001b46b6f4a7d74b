import { jsonWhole } from '../../../kit/whole.ts'
import { balanceOf, type Payment } from './books.ts'

/** A date as Toss Payments writes it: Korea's, with its offset. */
export const koreanTime = (at: number): string => `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 23)}+09:00`

/** The Payment object, as far as an adapter could want it. */
export function paymentView(payment: Payment, url: string, now: number): object {
  const { status, cancels, amount } = payment
  const balance = balanceOf(payment)
  const taken = payment.approvedAt !== undefined
  const shown = taken && balance < amount ? (balance === 0n ? 'CANCELED' : 'PARTIAL_CANCELED') : status
  const due = payment.dueDate === undefined ? undefined : Date.parse(`${payment.dueDate}+09:00`)
  return {
    mId: 'simulated',
    version: '2022-11-16',
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    orderName: payment.orderName,
    status: shown,
    method: payment.method ?? null,
    currency: 'KRW',
    totalAmount: jsonWhole(amount),
    balanceAmount: jsonWhole(balance),
    requestedAt: koreanTime(payment.requestedAt),
    approvedAt: payment.approvedAt === undefined ? null : koreanTime(payment.approvedAt),
    isPartialCancelable: true,
    failure: payment.failureCode === undefined ? null : { code: payment.failureCode, message: '결제 승인에 실패했습니다.' },
    checkout: { url: `${url}/window/${payment.paymentKey}` },
    secret: payment.account?.secret ?? null,
    virtualAccount:
      payment.account === undefined
        ? null
        : {
            accountType: '일반',
            accountNumber: payment.account.number,
            bankCode: '88',
            customerName: '고객',
            dueDate: payment.dueDate ?? koreanTime(payment.requestedAt + 7 * 86_400_000).slice(0, 19),
            expired: !taken && due !== undefined && now > due,
            refundStatus: refundStatusOf(payment),
            settlementStatus: 'INCOMPLETED',
          },
    cancels:
      cancels.length === 0
        ? null
        : cancels.map((cancel) => ({
            cancelAmount: jsonWhole(cancel.amount),
            cancelReason: cancel.reason,
            canceledAt: koreanTime(cancel.at),
            transactionKey: cancel.transactionKey,
            cancelStatus: cancel.status,
            refundableAmount: jsonWhole(balance),
            taxFreeAmount: 0,
          })),
  }
}

const refundStatusOf = ({ cancels }: Payment): string => {
  if (cancels.some(({ status }) => status === 'IN_PROGRESS')) return 'PENDING'
  return cancels.some(({ status }) => status === 'DONE') ? 'COMPLETED' : 'NONE'
}

import { jsonWhole } from '../../../kit/whole.ts'
import { type Cancellation, cancelledOf, type Payment } from './books.ts'

const iso = (at: number): string => new Date(at).toISOString()

export const cancellationView = (one: Cancellation): object => ({
  status: one.status,
  id: one.id,
  totalAmount: jsonWhole(one.amount),
  taxFreeAmount: 0,
  vatAmount: 0,
  reason: one.reason,
  requestedAt: iso(one.requestedAt),
  ...(one.doneAt === undefined ? {} : { cancelledAt: iso(one.doneAt) }),
})

/** A payment as PortOne's API V2 shows it. */
export function paymentView(payment: Payment, storeId: string): object {
  const cancelled = cancelledOf(payment)
  const paid = payment.paidAt !== undefined
  const status = paid && cancelled > 0n ? (cancelled === payment.amount ? 'CANCELLED' : 'PARTIAL_CANCELLED') : payment.status
  return {
    status,
    id: payment.id,
    transactionId: `tx-${payment.id}`,
    merchantId: 'merchant-simulated',
    storeId,
    version: 'V2',
    channel: {
      type: 'TEST',
      id: 'channel-1',
      key: 'channel-key-simulated',
      name: 'simulated',
      pgProvider: 'INICIS_V2',
      pgMerchantId: 'simulated',
    },
    ...(payment.method === undefined ? {} : { method: methodView(payment) }),
    requestedAt: iso(payment.registeredAt),
    updatedAt: iso(payment.changedAt),
    statusChangedAt: iso(payment.changedAt),
    orderName: payment.orderName,
    amount: {
      total: jsonWhole(payment.amount),
      taxFree: 0,
      discount: 0,
      paid: jsonWhole(paid ? payment.amount : 0n),
      cancelled: jsonWhole(cancelled),
      cancelledTaxFree: 0,
    },
    currency: 'KRW',
    customer: {},
    disputes: [],
    ...(payment.paidAt === undefined ? {} : { paidAt: iso(payment.paidAt) }),
    ...(payment.failureCode === undefined ? {} : { failedAt: iso(payment.changedAt), failure: { pgCode: payment.failureCode } }),
    ...(payment.cancellations.length === 0 ? {} : { cancellations: payment.cancellations.map(cancellationView) }),
    ...(status === 'CANCELLED' ? { cancelledAt: iso(payment.changedAt), cancellations: payment.cancellations.map(cancellationView) } : {}),
  }
}

function methodView({ method, account }: Payment): object {
  if (account === undefined) return { type: method }
  return { type: method, bank: 'SHINHAN', accountNumber: account.number, accountType: 'NORMAL', expiredAt: iso(account.expiresAt) }
}

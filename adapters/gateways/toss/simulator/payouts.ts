import { jsonWhole } from '../../../kit/whole.ts'
import type { World } from '../../../kit/simulator/world.ts'
import type { Books, Payment } from './books.ts'
import type { Entry } from './entries.ts'
import { koreanTime } from './views.ts'

const DAY_MS = 86_400_000
/** Payouts lie in the past, one day after the other, so that each is finished as soon as it is made. */
const FIRST_DAYS_AGO = 30

/** Pays out all that is unsettled: a day of its own, in the Settlement objects of Toss Payments. Null where nothing is. */
export function payOut(world: World<Entry>, books: Books): string | null {
  const unsettled: { key: string; record: object }[] = []
  const day = koreanTime((books.openedAt ?? world.now()) - (FIRST_DAYS_AGO - books.payouts.size) * DAY_MS).slice(0, 10)
  for (const payment of books.byOrder.values()) {
    if (payment.approvedAt === undefined) continue
    const key = `${payment.paymentKey}-in`
    if (!books.settled.has(key)) unsettled.push({ key, record: settlementOf(payment, key, payment.amount, day, null) })
    for (const { transactionKey, amount, status, reason } of payment.cancels) {
      if (status !== 'DONE' || books.settled.has(transactionKey)) continue
      const cancel = { cancelAmount: jsonWhole(amount), cancelReason: reason, transactionKey }
      unsettled.push({ key: transactionKey, record: settlementOf(payment, transactionKey, -amount, day, cancel) })
    }
  }
  if (unsettled.length === 0) return null
  world.record({ op: 'payout', day, records: unsettled.map(({ record }) => record), keys: unsettled.map(({ key }) => key) })
  return day
}

/** 2.5 % and a tenth of it as tax, rounded down; a cancellation costs nothing and gives no fee back. */
function settlementOf(payment: Payment, transactionKey: string, amount: bigint, day: string, cancel: object | null): object {
  const fee = amount > 0n ? (amount * 25n) / 1_000n + (amount * 25n) / 10_000n : 0n
  return {
    mId: 'simulated',
    paymentKey: payment.paymentKey,
    transactionKey,
    orderId: payment.orderId,
    currency: 'KRW',
    method: payment.method,
    amount: jsonWhole(amount),
    interestFee: 0,
    fees: [{ type: 'BASE', fee: jsonWhole(fee) }],
    supplyAmount: jsonWhole(fee - fee / 11n),
    vat: jsonWhole(fee / 11n),
    payOutAmount: jsonWhole(amount - fee),
    approvedAt: koreanTime(payment.approvedAt ?? 0),
    soldDate: day,
    paidOutDate: day,
    card: { number: '48902300****406*' },
    cancel,
  }
}

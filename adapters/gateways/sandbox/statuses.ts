import { ProviderError } from '../../../domain/errors.ts'
import type { ClaimedBack, PaymentMethod, PaymentReport, RefundReport } from '../../../domain/ports/gateway.ts'

/** The gateway's words and ours. A word that is not here is a change of their API: it is raised, never guessed. */
const PAYMENT_STATUSES: Readonly<Record<string, Exclude<PaymentReport['status'], 'awaitingDeposit'>>> = {
  OPEN: 'pending',
  AUTHORIZED: 'authorized',
  CAPTURED: 'captured',
  DECLINED: 'declined',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
}

const REFUND_STATUSES: Readonly<Record<string, RefundReport['status']>> = {
  RUNNING: 'pending',
  DONE: 'succeeded',
  FAILED: 'failed',
}

const CLAIMS: Readonly<Record<string, ClaimedBack['state']>> = { DISPUTED: 'disputed', REVERSED: 'reversed', RETURNED: 'returned' }

const METHODS: Readonly<Record<string, PaymentMethod>> = {
  card: 'card',
  simple_pay: 'simplePay',
  bank_account: 'bankAccount',
}

const EVENTS: Readonly<Record<string, 'payment' | 'refund'>> = {
  'payment.authorized': 'payment',
  'payment.captured': 'payment',
  'payment.declined': 'payment',
  'payment.cancelled': 'payment',
  'payment.claimed': 'payment',
  'refund.done': 'refund',
  'refund.failed': 'refund',
}

const lookUp =
  <T>(table: Readonly<Record<string, T>>, what: string) =>
  (word: string): T => {
    const ours = Object.hasOwn(table, word) ? table[word] : undefined
    if (ours === undefined)
      throw new ProviderError('technical', `${what}_unknown`, `The gateway used a ${what} that this adapter does not know.`)
    return ours
  }

/** Each throws ProviderError `technical` for a word that is not in its table. */
export const toPaymentStatus = lookUp(PAYMENT_STATUSES, 'payment_status')
export const toRefundStatus = lookUp(REFUND_STATUSES, 'refund_status')
export const toClaim = lookUp(CLAIMS, 'claim_state')
export const toMethod = lookUp(METHODS, 'payment_method')
export const toSubject = lookUp(EVENTS, 'event_type')

import { ProviderError } from '../../../domain/errors.ts'
import type { Gateway, RefundRequest, SessionRequest } from '../../../domain/ports/gateway.ts'
import { malformed } from '../../kit/failures.ts'
import type { CallKind } from '../../kit/http.ts'
import { jsonWhole } from '../../kit/whole.ts'
import { bankCode } from './banks.ts'
import type { Client } from './client.ts'
import type { Settings } from './settings.ts'
import { parseSettlement } from './settlement.ts'
import { listFiles, readFile } from './settlements.ts'
import { translate } from './webhook.ts'
import { amountOf, findCancel, readPayment, reasonWithKey, refundReportOf, reportOf, type TossPayment } from './wire.ts'

/** Refusals of a confirmation that leave the payment in a state of its own, which is then asked for. */
const DECIDED = [
  'ALREADY_PROCESSED_PAYMENT',
  'REJECT_CARD_PAYMENT',
  'REJECT_CARD_COMPANY',
  'REJECT_ACCOUNT_PAYMENT',
  'INVALID_REJECT_CARD',
  'INVALID_STOPPED_CARD',
  'NOT_FOUND_PAYMENT_SESSION',
]

/**
 * Toss Payments behind the port. A checkout's id is the order's id; the citizen pays in the hosted payment window, and no
 * money moves before we confirm. A window cannot be closed from here: without our confirmation it comes to nothing, after
 * 10 to 30 minutes. A cancellation has an Idempotency-Key, and carries our key in its reason, by which it is found again.
 */
export function createGateway(name: string, client: Client, { method }: Pick<Settings, 'method'>): Gateway {
  const ask = async (orderId: string, signal: AbortSignal): Promise<TossPayment | null> => {
    const path = `/v1/payments/orders/${encodeURIComponent(orderId)}`
    const { code, body } = await client({ kind: 'question', method: 'GET', path, answers: ['NOT_FOUND_PAYMENT'], signal })
    return code === undefined ? readPayment('question', body, orderId) : null
  }
  const asked = async (key: string, signal: AbortSignal) => {
    const payment = await ask(key, signal)
    return payment === null ? ({ status: 'pending' } as const) : reportOf('question', payment)
  }
  const cancel = async (kind: CallKind, payment: TossPayment, key: string, sent: object, signal: AbortSignal): Promise<TossPayment> => {
    const path = `/v1/payments/${encodeURIComponent(payment.paymentKey)}/cancel`
    const { body } = await client({ kind, method: 'POST', path, key, body: sent, signal })
    return readPayment(kind, body, payment.orderId)
  }

  return {
    name,
    repeat: { capture: 'queryable', refund: 'idempotent' },
    refundsToAccounts: method === 'VIRTUAL_ACCOUNT',

    async openSession(request, signal) {
      const sent = orderOf(request, method)
      const { code, body } = await client({
        kind: 'question',
        method: 'POST',
        path: '/v1/payments',
        key: request.key,
        body: sent,
        answers: ['DUPLICATED_ORDER_ID'],
        signal,
      })
      const opened = code === undefined ? readPayment('question', body, request.key) : await ask(request.key, signal)
      if (opened?.totalAmount !== sent.amount) throw await differs(ask, request, sent.amount, signal)
      if (opened.checkout === undefined) throw malformed('question', 'there is no payment window')
      return { reference: request.key, url: opened.checkout.url }
    },

    payment: asked,

    async capture(key, signal) {
      const before = await ask(key, signal)
      if (before === null) return { status: 'pending' }
      const known = reportOf('question', before)
      if (known.status !== 'authorized') return known
      const sent = { paymentKey: before.paymentKey, orderId: key, amount: before.totalAmount }
      // Confirming needs no Idempotency-Key: a payment is confirmed once, and a key would also repeat a passing error for days.
      const { code, body } = await client({
        kind: 'effect',
        method: 'POST',
        path: '/v1/payments/confirm',
        body: sent,
        answers: DECIDED,
        signal,
      })
      if (code === undefined) return reportOf('effect', readPayment('effect', body, key))
      const after = await asked(key, signal)
      if (after.status === 'authorized')
        throw new ProviderError('unknown', 'confirmation_undecided', 'The gateway neither confirms nor declines.')
      return after
    },

    async cancel(key, signal) {
      const payment = await ask(key, signal)
      if (payment === null) return { status: 'pending' }
      const report = reportOf('question', payment)
      if (report.status !== 'awaitingDeposit') return report
      const sent = { cancelReason: 'The checkout has ended.' }
      return reportOf('question', await cancel('question', payment, `end-${key}`, sent, signal))
    },

    async refund(request, signal) {
      const { key, reference, amount } = request
      const payment = await ask(reference, signal)
      if (payment === null) throw new ProviderError('permanent', 'payment_not_found', 'The gateway does not know the payment.')
      const before = findCancel(payment, key)
      if (before !== undefined) {
        if (BigInt(before.cancelAmount) !== amount.minor)
          throw new ProviderError('permanent', 'refund_differs', 'There is a refund under this key, of another amount.')
        return refundReportOf('question', payment, before)
      }
      const after = await cancel('effect', payment, key, cancellationOf(request, payment), signal)
      const made = findCancel(after, key)
      if (made === undefined || BigInt(made.cancelAmount) !== amount.minor)
        throw malformed('effect', 'the refund is not among the cancellations')
      return refundReportOf('effect', after, made)
    },

    async refundReport(key, signal, reference) {
      const payment = await ask(reference, signal)
      const found = payment === null ? undefined : findCancel(payment, key)
      return payment === null || found === undefined ? { status: 'unknown' } : refundReportOf('question', payment, found)
    },

    settlementFiles: (signal) => listFiles(client, Date.now(), signal),
    settlementFile: (file, signal) => readFile(client, file, signal),
    parseSettlement,
    translate: (_headers, body) => translate(body),
  }
}

/** @throws ProviderError permanent for money that this gateway does not take. */
function orderOf({ key, amount, title, returnUrl, expiresAt }: SessionRequest, method: Settings['method']) {
  if (amount.currency !== 'KRW') throw new ProviderError('permanent', 'currency_not_taken', 'The gateway takes won only.')
  // The deposit is due when the checkout is over: until then its bills wait for it.
  const due = method === 'VIRTUAL_ACCOUNT' ? { dueDate: new Date(expiresAt + 9 * 3_600_000).toISOString().slice(0, 19) } : {}
  return {
    method,
    amount: jsonWhole(amount.minor),
    orderId: key,
    orderName: [...title].slice(0, 100).join(''),
    successUrl: returnUrl,
    failUrl: returnUrl,
    ...due,
  }
}

/** Whether the order itself is of another amount, which nothing cures, or only the answer was wrong. */
async function differs(
  ask: (key: string, signal: AbortSignal) => Promise<TossPayment | null>,
  request: SessionRequest,
  won: number,
  signal: AbortSignal,
) {
  const payment = await ask(request.key, signal)
  return payment !== null && amountOf(payment).minor !== BigInt(won)
    ? new ProviderError('permanent', 'order_differs', 'There is an order under this key, of another amount.')
    : malformed('question', 'the payment window is for another amount')
}

function cancellationOf({ key, amount, reason, account }: RefundRequest, payment: TossPayment) {
  const base = { cancelReason: reasonWithKey(reason, key), cancelAmount: jsonWhole(amount.minor) }
  if (payment.virtualAccount === undefined) {
    if (account !== undefined)
      throw new ProviderError('permanent', 'account_not_taken', 'Money goes back the way it came; the gateway takes no account.')
    return base
  }
  if (account === undefined)
    throw new ProviderError('permanent', 'account_missing', 'Money that came by a deposit goes back to an account, which is not known.')
  const bank = bankCode(account.bank)
  if (bank === null) throw new ProviderError('permanent', 'bank_unknown', 'The bank of the account is not one that the gateway knows.')
  const accountNumber = account.number.replace(/[^0-9]/g, '')
  return { ...base, refundReceiveAccount: { bank, accountNumber, holderName: account.holder } }
}

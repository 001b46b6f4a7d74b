import { invalid, ProviderError } from '../../../domain/errors.ts'
import type { Gateway, PaymentReport, RefundReport, RefundRequest, SessionRequest } from '../../../domain/ports/gateway.ts'
import { malformed } from '../../kit/failures.ts'
import { jsonWhole } from '../../kit/whole.ts'
import { bankWord } from './banks.ts'
import type { Client } from './client.ts'
import type { Settings } from './settings.ts'
import { translate } from './webhook.ts'
import {
  cancellableOf,
  findCancellation,
  type PortOnePayment,
  readCancellation,
  readPayment,
  reasonWithKey,
  refundReportOf,
  reportOf,
} from './wire.ts'

/** As often a refund reads again what is left, where others cancel parts of the same payment at the same time. */
const ROUNDS_MAX = 10

/**
 * PortOne behind the port. A checkout's id is the payment's id. PortOne takes the money as soon as the citizen has paid, so
 * there is nothing to capture, and a window cannot be closed from here. A cancellation has no idempotency key: it names
 * what is still cancellable as we have read it, so that of two at the same time PortOne takes one, and carries our key in
 * its reason, by which it is found again.
 */
export function createGateway(name: string, client: Client, settings: Settings): Gateway {
  const { storeId } = settings
  const pathOf = (id: string): string => `/payments/${encodeURIComponent(id)}`
  const ask = async (id: string, signal: AbortSignal): Promise<PortOnePayment | null> => {
    const path = `${pathOf(id)}?storeId=${encodeURIComponent(storeId)}`
    const { code, body } = await client({ kind: 'question', method: 'GET', path, answers: ['PAYMENT_NOT_FOUND'], signal })
    return code === undefined ? readPayment('question', body, id) : null
  }
  const asked = async (key: string, signal: AbortSignal): Promise<PaymentReport> => {
    const payment = await ask(key, signal)
    return payment === null ? { status: 'pending' } : reportOf(payment)
  }

  return {
    name,
    repeat: { capture: 'queryable', refund: 'queryable' },
    refundsToAccounts: settings.method === 'VIRTUAL_ACCOUNT',

    async openSession(request, signal) {
      const { key, amount } = request
      if (amount.currency !== 'KRW') throw new ProviderError('permanent', 'currency_not_taken', 'The gateway takes won only.')
      // Registered from here, the amount cannot be changed in the citizen's browser.
      const body = { storeId, totalAmount: jsonWhole(amount.minor), currency: 'KRW' }
      await client({ kind: 'question', method: 'POST', path: `${pathOf(key)}/pre-register`, body, signal })
      return { reference: key, url: `${settings.windowUrl}?${windowQuery(request, settings).toString()}` }
    },

    payment: asked,
    capture: asked,

    async cancel(key, signal) {
      const report = await asked(key, signal)
      if (report.status !== 'awaitingDeposit') return report
      const path = `${pathOf(key)}/virtual-account/close?storeId=${encodeURIComponent(storeId)}`
      await client({ kind: 'question', method: 'POST', path, answers: ['PAYMENT_NOT_WAITING_FOR_DEPOSIT'], signal })
      return asked(key, signal)
    },

    async refund(request, signal): Promise<RefundReport> {
      const { key, reference, amount } = request
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        const payment = await ask(reference, signal)
        if (payment === null) throw new ProviderError('permanent', 'payment_not_found', 'The gateway does not know the payment.')
        const before = findCancellation(payment, key)
        if (before !== undefined) {
          if (BigInt(before.totalAmount) !== amount.minor)
            throw new ProviderError('permanent', 'refund_differs', 'There is a refund under this key, of another amount.')
          return refundReportOf('question', before)
        }
        const sent = { storeId, ...cancellationOf(request, payment), currentCancellableAmount: cancellableOf(payment) }
        const answers = ['CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN']
        const { code, body } = await client({
          kind: 'effect',
          method: 'POST',
          path: `${pathOf(reference)}/cancel`,
          body: sent,
          answers,
          signal,
        })
        if (code !== undefined) continue
        const made = readCancellation(body)
        if (BigInt(made.totalAmount) !== amount.minor || !made.reason.endsWith(` #${key}`))
          throw malformed('effect', 'it is another cancellation')
        return refundReportOf('effect', made)
      }
      throw new ProviderError('temporary', 'payment_busy', 'Others keep cancelling parts of the same payment.')
    },

    async refundReport(key, signal, reference) {
      const payment = await ask(reference, signal)
      const found = payment === null ? undefined : findCancellation(payment, key)
      return found === undefined ? { status: 'unknown' } : refundReportOf('question', found)
    },

    // PortOne has no settlement files of its own: the payment company behind it has, and its file is handed in.
    settlementFiles: () => Promise.resolve([]),
    settlementFile: () => Promise.reject(new ProviderError('permanent', 'settlement_not_found', 'The gateway has no settlement files.')),
    parseSettlement: () => {
      throw invalid('statement_malformed', 'Line 1 of the settlement file is wrong: this gateway has no files of its own.', '/lines/1')
    },
    translate: (headers, body, now) => translate(settings.webhookKeys, headers, body, now),
  }
}

/** What the page `window.html` hands on to PortOne's payment window. Nothing of it is secret or personal. */
function windowQuery({ key, amount, title, language, returnUrl, expiresAt }: SessionRequest, { storeId, channelKey, method }: Settings) {
  return new URLSearchParams({
    storeId,
    channelKey,
    paymentId: key,
    orderName: title,
    totalAmount: String(amount.minor),
    currency: 'CURRENCY_KRW',
    payMethod: method,
    locale: language === 'ko' ? 'KO_KR' : 'EN_US',
    redirectUrl: returnUrl,
    dueDate: new Date(expiresAt).toISOString(),
  })
}

function cancellationOf({ key, amount, reason, account }: RefundRequest, payment: PortOnePayment) {
  const base = { amount: jsonWhole(amount.minor), reason: reasonWithKey(reason, key) }
  if (payment.method?.type !== 'PaymentMethodVirtualAccount') {
    if (account !== undefined)
      throw new ProviderError('permanent', 'account_not_taken', 'Money goes back the way it came; the gateway takes no account.')
    return base
  }
  if (account === undefined)
    throw new ProviderError('permanent', 'account_missing', 'Money that came by a deposit goes back to an account, which is not known.')
  const bank = bankWord(account.bank)
  if (bank === null) throw new ProviderError('permanent', 'bank_unknown', 'The bank of the account is not one that the gateway knows.')
  return { ...base, refundAccount: { bank, number: account.number.replace(/[^0-9]/g, ''), holderName: account.holder } }
}

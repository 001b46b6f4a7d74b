import type { Gateway, PaymentReport } from '../../../domain/ports/gateway.ts'
import type { CallKind } from '../../kit/http.ts'
import { malformed } from './failures.ts'
import { type Call, type Client } from './client.ts'
import { parseSettlement } from './settlement.ts'
import { translate } from './webhook.ts'
import { readFiles, readPayment, readRefund, readSession, readState } from './wire.ts'

/** Refusals that tell the payment's state: not known yet, cancelled before it was opened, or not in the state for the call. */
const PAYMENT_ANSWERS = ['session_not_found', 'session_cancelled', 'payment_state']

/** The sandbox gateway behind the port. Both capture and refund may be repeated under the same key. */
export function createGateway(name: string, client: Client, webhookKeys: readonly Buffer[]): Gateway {
  const payment = async (
    kind: CallKind,
    method: Call['method'],
    key: string,
    action: string,
    signal: AbortSignal,
  ): Promise<PaymentReport> => {
    const path = `/sessions/${encodeURIComponent(key)}${action}`
    const { code, body } = await client.json({ kind, method, path, answers: PAYMENT_ANSWERS, signal })
    if (code === 'session_not_found') return { status: 'pending' }
    if (code === 'session_cancelled') return { status: 'cancelled' }
    return code === undefined ? readPayment(kind, body, key) : readState(kind, body, key)
  }

  return {
    name,
    repeat: { capture: 'idempotent', refund: 'idempotent' },
    refundsToAccounts: true,

    async openSession({ key, amount, title, language, returnUrl, expiresAt }, signal) {
      const sent = { amountMinor: amount.minor.toString(), currency: amount.currency, title, language, returnUrl, expiresAt }
      const { body } = await client.json({ kind: 'question', method: 'POST', path: '/sessions', key, body: sent, signal })
      return readSession(body, key, amount)
    },
    payment: (key, signal) => payment('question', 'GET', key, '', signal),
    capture: (key, signal) => payment('effect', 'POST', key, '/capture', signal),
    cancel: (key, signal) => payment('question', 'POST', key, '/cancel', signal),

    async refund({ key, reference, amount, reason, account }, signal) {
      const to = account === undefined ? {} : { account }
      const sent = { reference, amountMinor: amount.minor.toString(), currency: amount.currency, reason, ...to }
      const { body } = await client.json({ kind: 'effect', method: 'POST', path: '/refunds', key, body: sent, signal })
      return readRefund('effect', body, key, amount)
    },
    async refundReport(key, signal) {
      const path = `/refunds/${encodeURIComponent(key)}`
      const { code, body } = await client.json({ kind: 'question', method: 'GET', path, answers: ['refund_not_found'], signal })
      return code === undefined ? readRefund('question', body, key) : { status: 'unknown' }
    },

    async settlementFiles(signal) {
      return readFiles((await client.json({ kind: 'question', method: 'GET', path: '/settlements', signal })).body)
    },
    async settlementFile(fileName, signal) {
      const path = `/settlements/${encodeURIComponent(fileName)}`
      const text = await client.text({ kind: 'question', method: 'GET', path, signal })
      if (!text.startsWith('header,')) throw malformed('question', 'it is not a settlement file')
      return text
    },
    parseSettlement,
    translate: (headers, body, now) => translate(webhookKeys, headers, body, now),
  }
}

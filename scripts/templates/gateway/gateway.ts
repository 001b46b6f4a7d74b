import { invalid, ProviderError } from '../../../domain/errors.ts'
import type { Gateway, PaymentReport } from '../../../domain/ports/gateway.ts'
import { malformed } from '../../../adapters/kit/failures.ts'
import type { CallKind } from '../../../adapters/kit/http.ts'
import type { Client } from './client.ts'
import { translate } from './webhook.ts'
import { isOf, readPayment, readRefund, reportOf } from './wire.ts'

/** YOURS: which call answers which question of the port, and how each may be repeated. */
export function createSampleGateway(client: Client, webhookKeys: readonly Buffer[]): Gateway {
  const payment = async (
    kind: CallKind,
    method: 'GET' | 'POST',
    key: string,
    action: string,
    signal: AbortSignal,
  ): Promise<PaymentReport> => {
    const body = await client({ kind, method, path: `/payments/${encodeURIComponent(key)}${action}`, signal })
    return body === null ? { status: 'pending' } : reportOf(kind, readPayment(kind, body, key))
  }
  return {
    name: 'sample',
    repeat: { capture: 'idempotent', refund: 'idempotent' },

    async openSession({ key, amount, title, language, returnUrl, expiresAt }, signal) {
      const sent = { minor: amount.minor.toString(), currency: amount.currency, title, language, returnUrl, expiresAt }
      const opened = readPayment(
        'question',
        await client({ kind: 'question', method: 'POST', path: '/payments', key, body: sent, signal }),
        key,
      )
      if (!isOf(opened, amount)) throw malformed('question', 'the page is for another amount')
      return { reference: opened.reference, url: opened.url }
    },
    payment: (key, signal) => payment('question', 'GET', key, '', signal),
    capture: (key, signal) => payment('effect', 'POST', key, '/capture', signal),
    cancel: (key, signal) => payment('question', 'POST', key, '/cancel', signal),

    async refund({ key, reference, amount, reason }, signal) {
      const sent = { reference, minor: amount.minor.toString(), currency: amount.currency, reason }
      return readRefund('effect', await client({ kind: 'effect', method: 'POST', path: '/refunds', key, body: sent, signal }), key, amount)
    },
    async refundReport(key, signal) {
      const body = await client({ kind: 'question', method: 'GET', path: `/refunds/${encodeURIComponent(key)}`, signal })
      return body === null ? { status: 'unknown' } : readRefund('question', body, key)
    },

    // YOURS: where the provider has settlement files, list, fetch and read them, and give the harness the ability `settles`.
    settlementFiles: () => Promise.resolve([]),
    settlementFile: () =>
      Promise.reject(new ProviderError('permanent', 'settlement_not_found', 'The gateway has no such settlement file.')),
    parseSettlement: () => {
      throw invalid('statement_malformed', 'Line 1 of the settlement file is wrong: this gateway has no files.', '/lines/1')
    },
    translate: (headers, body, now) => translate(webhookKeys, headers, body, now),
  }
}

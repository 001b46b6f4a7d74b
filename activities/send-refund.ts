import { Context } from '@temporalio/activity'
import { ProviderError, StoppedError } from '../domain/errors.ts'
import type { RefundReport } from '../domain/ports/gateway.ts'
import { awaitPayout, beginRefund, recordRefund } from '../store/commands/refund.ts'
import { transaction } from '../store/unit/transaction.ts'
import { CALL_LIMIT_MS, withHeartbeat } from './heartbeat.ts'
import { laterOf, type Ports } from './ports.ts'

/** What waits for an operator is tried again sooner than what a gateway cannot do: at most this long after it is resumed. */
const RESUMED_WITHIN_MS = 10 * 60_000

/**
 * Gives money back. The attempt is recorded before the gateway is called; after an unknown outcome the gateway is asked,
 * and only what it has never heard of is sent again, under the same key.
 */
export const refundActivities = (ports: Ports) => ({
  sendRefund: async ({ refundId, now }: { refundId: string; now: number }): Promise<string> => {
    const refund = await transaction(ports.sql, (tx) => beginRefund(tx, refundId, laterOf(now, ports))).catch(tryAgainSoon)
    if (!refund.open) return 'over already'
    const gateway = ports.gateway(refund.gateway)
    const amount = { minor: refund.amountMinor, currency: refund.currency }
    if (refund.account !== null && gateway.refundsToAccounts !== true) {
      await transaction(ports.sql, (tx) => awaitPayout(tx, refundId, laterOf(now, ports)))
      return 'a person pays it out'
    }
    const account = refund.account === null ? {} : { account: refund.account }
    const request = { key: refund.key, reference: refund.paymentReference, amount, reason: refund.reason, ...account }
    const asked = refund.askFirst
      ? await withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.refundReport(refund.key, signal, refund.paymentReference))
      : undefined
    if (refund.stopped && (asked === undefined || asked.status === 'unknown')) tryAgainSoon(new StoppedError('gateway', refund.gateway))
    const report =
      asked === undefined || asked.status === 'unknown'
        ? await refused(() => withHeartbeat(CALL_LIMIT_MS, (signal) => gateway.refund(request, signal)))
        : asked
    if (report.status !== 'succeeded' && report.status !== 'failed') {
      throw new ProviderError('temporary', `refund_${report.status}`, 'the gateway has not decided on the refund yet')
    }
    await transaction(ports.sql, (tx) => recordRefund(tx, refundId, report, laterOf(now, ports)))
    return report.status
  },
})

/** Also a refund that has waited for weeks goes on soon after the operator's word. */
function tryAgainSoon(error: unknown): never {
  if (error instanceof StoppedError)
    error.retryAfter = Math.min(RESUMED_WITHIN_MS, 2_000 * 2 ** Math.min(Context.current().info.attempt - 1, 20))
  throw error
}

/** A refusal for good is an answer: the money stays owed and the citizen is asked for another way. */
async function refused(call: () => Promise<RefundReport>): Promise<RefundReport> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'permanent') return { status: 'failed', code: error.code }
    throw error
  }
}

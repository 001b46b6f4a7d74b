import { ServiceError } from '@temporalio/client'
import type { PaymentReport } from '../../domain/ports/gateway.ts'
import { readCheckout } from '../../store/checkouts/checkout-row.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import type { Sql } from '../../store/connection.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'

export const GATEWAY = 'http://gateway.test'

/** Does in the books what the engine would do, at once, and keeps what it was asked. */
export class FakeEngine {
  readonly wakes: Wake[] = []
  readonly opened: string[] = []
  readonly cancelled: string[] = []
  readonly reported: string[] = []
  /** Temporal does not answer. */
  down = false
  /** The gateway has not answered yet. */
  slow = false
  /** Where the gateway's payment pages are. */
  gateway = GATEWAY
  readonly #sql: Sql
  readonly #now: () => number

  constructor(sql: Sql, now: () => number) {
    this.#sql = sql
    this.#now = now
  }

  async wake(wakes: readonly Wake[]): Promise<void> {
    if (this.down) throw new ServiceError('the engine is down')
    this.wakes.push(...wakes)
  }

  async openCheckout(checkoutId: string): Promise<{ url: string | null }> {
    if (this.down) throw new ServiceError('the engine is down')
    this.opened.push(checkoutId)
    if (this.slow) return { url: null }
    const url = `${this.gateway}/pay/${checkoutId}`
    await transaction(this.#sql, (tx) => openCheckout(tx, checkoutId, { reference: `s-${checkoutId}`, url }))
    return { url }
  }

  async cancelCheckout(checkoutId: string): Promise<{ state: 'cancelled' }> {
    if (this.down) throw new ServiceError('the engine is down')
    this.cancelled.push(checkoutId)
    await transaction(this.#sql, (tx) => endCheckout(tx, checkoutId, 'cancel', { now: this.#now() }))
    return { state: 'cancelled' }
  }

  /** Endpoints whose runs were told to look. */
  readonly webhooks: string[] = []

  async wakeWebhook(endpointId: string): Promise<void> {
    if (this.down) throw new ServiceError('the engine is down')
    this.webhooks.push(endpointId)
  }

  /** Batches whose runs were told to look. */
  readonly batches: string[] = []

  async runBatch(batchId: string): Promise<void> {
    if (this.down) throw new ServiceError('the engine is down')
    this.batches.push(batchId)
  }

  async reportCheckout(checkoutId: string): Promise<void> {
    if (this.down) throw new ServiceError('the engine is down')
    this.reported.push(checkoutId)
  }

  /** The citizen pays on the gateway's page, and the engine hears of it. */
  async capture(checkoutId: string, method: 'card' | 'simplePay' | 'bankAccount' = 'card'): Promise<void> {
    const { amount_minor: minor, currency } = await readCheckout(this.#sql, checkoutId)
    const capture: Extract<PaymentReport, { status: 'captured' }> = {
      status: 'captured',
      amount: { minor, currency },
      method,
      paidAt: this.#now(),
    }
    await transaction(this.#sql, (tx) => recordCapture(tx, checkoutId, capture, this.#now()))
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import type { Goji } from '../client/index.ts'
import type { GatewayDriver } from '../domain/ports/simulator.ts'

const LOOK_EVERY_MS = 15

/** Pays one bill after the other at the gateway's page and measures how long each takes to be seen as paid. */
export class Payers {
  readonly #goji: Goji
  readonly #driver: GatewayDriver
  #next = 0

  constructor(goji: Goji, driver: GatewayDriver) {
    this.#goji = goji
    this.#driver = driver
  }

  /** Bills to pay, one for each measurement. Resolves once all have arrived at their citizens. */
  async prepare(count: number): Promise<string[]> {
    const bills: string[] = []
    for (let index = 0; index < count; index += 1) {
      const number = (this.#next += 1)
      const { id } = await this.#goji.post('/v1/bills', {
        body: {
          billNumber: `PAY-${number}`,
          policy: 'tax',
          title: 'Payment under load',
          amount: { amount: '12500', currency: 'KRW' },
          citizen: { identifier: `payer-${number}`, language: 'ko', contacts: [] },
        },
      })
      bills.push(id)
    }
    for (const id of bills) {
      while ((await this.#goji.get('/v1/bills/{id}', { path: { id } })).status !== 'delivered') await delay(100)
    }
    return bills
  }

  /**
   * Milliseconds from the moment in which the gateway has the citizen's word (and sends its webhook) until the books
   * that the citizen's page reads say that it is paid; the gateway's own answer to the capture is part of it.
   */
  async pay(bill: string): Promise<number> {
    let checkout = await this.#goji.post('/v1/checkouts', { body: { bills: [bill], language: 'ko' } })
    while (checkout.state === 'claimed') {
      await delay(50)
      checkout = await this.#goji.get('/v1/checkouts/{id}', { path: { id: checkout.id } })
    }
    const start = performance.now()
    await this.#driver.authorize(checkout.id, 'card')
    while ((await this.#goji.get('/v1/checkouts/{id}', { path: { id: checkout.id } })).state !== 'paid') await delay(LOOK_EVERY_MS)
    return performance.now() - start
  }
}

export interface Latency {
  readonly payments: number
  readonly p50_ms: number
  readonly p99_ms: number
}

export function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0)
  return { payments: sorted.length, p50_ms: at(0.5), p99_ms: at(0.99) }
}

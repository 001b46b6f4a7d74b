import { setTimeout as delay } from 'node:timers/promises'
import type { GatewayDriver } from '../../domain/ports/simulator.ts'
import type { Dice } from '../dice.ts'
import { pause } from '../pause.ts'
import type { LoadedBill } from './bill.ts'
import type { Caller } from './caller.ts'

/** How a citizen pays. `twoTabs`: the same bills in two windows at once; `atTheLastMoment`: just before the page expires. */
export const MANNERS = ['once', 'twoTabs', 'payAndCancel', 'atTheLastMoment', 'declinedFirst', 'not'] as const
export type Manner = (typeof MANNERS)[number]

interface Checkout {
  readonly id: string
  readonly expiresAt: number
}

/** What state may answer to somebody who pays: all of it is an answer, and none of it a mistake. */
const PAYING_REFUSALS = ['bill_in_checkout', 'bill_not_payable', 'bill_not_issued', 'checkout_paid', 'amount_above_owed']
const TRIES = 40
const TRY_EVERY_MS = 300
/** So long before the page expires does a citizen come who comes at the last moment. */
const LAST_MOMENT_MS = 250

/** The citizen at the bills and at the gateway's page. Answers whether the gateway took a payment from them. */
export class Citizen {
  readonly #gateway: GatewayDriver
  readonly #caller: Caller
  /** Bills of several institutions are paid at once, so the platform speaks for the citizen. */
  readonly #platformKey: string
  readonly #dice: Dice
  readonly #signal: AbortSignal

  constructor(parts: { gateway: GatewayDriver; caller: Caller; platformKey: string; dice: Dice; signal: AbortSignal }) {
    this.#gateway = parts.gateway
    this.#caller = parts.caller
    this.#platformKey = parts.platformKey
    this.#dice = parts.dice
    this.#signal = parts.signal
  }

  async pay(bills: readonly LoadedBill[], manner: Manner): Promise<boolean> {
    if (manner === 'not') return false
    if (manner === 'twoTabs') {
      const tabs = await Promise.all([this.#begin(bills), this.#begin(bills)])
      const paid = await Promise.all(tabs.map((checkout) => this.#authorize(checkout)))
      return paid.includes(true)
    }
    const checkout = await this.#begin(bills)
    if (checkout === null) return false
    if (manner === 'payAndCancel') {
      const [paid] = await Promise.all([this.#authorize(checkout), this.#cancel(checkout)])
      return paid
    }
    if (manner === 'atTheLastMoment') await pause(Math.max(0, checkout.expiresAt - Date.now() - LAST_MOMENT_MS), this.#signal)
    if (manner === 'declinedFirst') await this.#gateway.decline(checkout.id).catch(() => false)
    return this.#authorize(checkout)
  }

  async #begin(bills: readonly LoadedBill[]): Promise<Checkout | null> {
    const { body, outcome } = await this.#caller.order(this.#platformKey, {
      what: 'createCheckout',
      path: '/v1/checkouts',
      body: { bills: bills.map(({ id }) => id), language: this.#dice.one(['ko', 'en']) },
      repeat: this.#dice.happens(0.1),
      expects: PAYING_REFUSALS,
    })
    return outcome === 'acknowledged' ? { id: String(body['id']), expiresAt: Date.parse(String(body['expiresAt'])) } : null
  }

  async #cancel({ id }: Checkout): Promise<void> {
    const path = `/v1/checkouts/${id}/cancel`
    await this.#caller.order(this.#platformKey, { what: 'cancelCheckout', path, body: {}, expects: PAYING_REFUSALS })
  }

  /** Nobody comes to a page whose address nobody has told. */
  async #pageIsOpen({ id, expiresAt }: Checkout): Promise<boolean> {
    while (!this.#signal.aborted && Date.now() < expiresAt) {
      const seen = await this.#caller.read(this.#platformKey, `/v1/checkouts/${id}`)
      if (seen !== null && seen['state'] !== 'claimed') return seen['state'] === 'open'
      await delay(TRY_EVERY_MS)
    }
    return false
  }

  async #authorize(checkout: Checkout | null): Promise<boolean> {
    if (checkout === null || !(await this.#pageIsOpen(checkout))) return false
    for (let attempt = 0; attempt < TRIES && !this.#signal.aborted && Date.now() < checkout.expiresAt + TRY_EVERY_MS; attempt += 1) {
      if (await this.#gateway.authorize(checkout.id, this.#dice.one(['card', 'simplePay', 'bankAccount'])).catch(() => false)) return true
      await delay(TRY_EVERY_MS)
    }
    return false
  }
}

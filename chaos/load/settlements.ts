import type { GatewayDriver } from '../../domain/ports/simulator.ts'
import type { Dice } from '../dice.ts'
import type { Caller } from './caller.ts'

/** The operator who hands in the gateway's files, some of them twice. */
export class Settlements {
  readonly #handedIn = new Set<string>()
  readonly #parts: { gateway: string; driver: GatewayDriver; caller: Caller; platformKey: string; dice: Dice }

  constructor(parts: { gateway: string; driver: GatewayDriver; caller: Caller; platformKey: string; dice: Dice }) {
    this.#parts = parts
  }

  get count(): number {
    return this.#handedIn.size
  }

  /** Ends the gateway's day and hands in what was not acknowledged before. */
  async handIn(): Promise<void> {
    const { gateway, driver, caller, platformKey, dice } = this.#parts
    const names = await driver.settle().catch(() => [])
    for (const name of names.filter((one) => !this.#handedIn.has(one))) {
      const content = await driver.settlement(name).catch(() => null)
      if (content === null) continue
      const body = { gateway, content }
      const order = { what: 'createStatement', path: '/v1/statements', body, repeat: dice.happens(0.3), expects: [] }
      const first = await caller.order(platformKey, order)
      if (first.outcome !== 'acknowledged') continue
      this.#handedIn.add(name)
      // Another clerk has the same file, and another key for it.
      if (dice.happens(0.2)) await caller.order(platformKey, { ...order, repeat: false })
    }
  }
}

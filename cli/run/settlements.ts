import { setTimeout as delay } from 'node:timers/promises'
import type { GatewayDriver } from '../../domain/ports/simulator.ts'
import type { Goji } from '../../client/index.ts'

const SETTLE_EVERY_MS = 2_000

export interface SettlingGateway {
  readonly name: string
  readonly driver: GatewayDriver
}

/** Takes the gateway's settlement files as they are made, and hands them in as an operator would. */
export class Settlements {
  readonly #operator: Goji
  readonly #gateway: SettlingGateway
  readonly #known: Set<string>
  #handedIn = 0

  private constructor(operator: Goji, gateway: SettlingGateway, known: readonly string[]) {
    this.#operator = operator
    this.#gateway = gateway
    this.#known = new Set(known)
  }

  /** Files that are there already are the engine's: it asks for them by itself when they are late. */
  static async begin(operator: Goji, gateway: SettlingGateway): Promise<Settlements> {
    return new Settlements(operator, gateway, await gateway.driver.settle())
  }

  /** Files that are there already are handed in too: a file that the engine has is the same statement to it. */
  static fromTheFirst(operator: Goji, gateway: SettlingGateway): Settlements {
    return new Settlements(operator, gateway, [])
  }

  get handedIn(): number {
    return this.#handedIn
  }

  /** Ends the gateway's day again and again until the signal is aborted. */
  async follow(signal: AbortSignal, everyMs = SETTLE_EVERY_MS): Promise<void> {
    const { name: gateway, driver } = this.#gateway
    while (!signal.aborted) {
      for (const file of (await driver.settle()).filter((name) => !this.#known.has(name))) {
        await this.#operator.post('/v1/statements', { body: { gateway, content: await driver.settlement(file) } })
        this.#known.add(file)
        this.#handedIn += 1
      }
      await delay(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

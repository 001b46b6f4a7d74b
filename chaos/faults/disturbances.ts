import { setTimeout as delay } from 'node:timers/promises'
import type { GatewayDisturbance, GatewayDriver } from '../../domain/ports/simulator.ts'

/** On a slow machine nobody may have met a fault by its end: it lasts so much longer, until somebody has. */
const LONGER_MS = 60_000
const LOOK_EVERY_MS = 500

/** Several faults of the gateway at once: the simulator is told all that are under way, whenever one begins or ends. */
export class Disturbances {
  readonly #driver: GatewayDriver
  readonly #running = new Set<readonly GatewayDisturbance[]>()
  #telling: Promise<unknown> = Promise.resolve()

  /** @throws Error where the simulator cannot be disturbed. */
  constructor(driver: GatewayDriver) {
    this.#driver = driver
    if (driver.disturb === undefined || driver.disturbed === undefined)
      throw new Error('The simulated gateway does nothing wrong on request.')
  }

  /** Answers what ends them and tells how often they have happened. */
  async begin(disturbances: readonly GatewayDisturbance[]): Promise<(longerMs?: number) => Promise<number>> {
    const before = await this.#count(disturbances)
    this.#running.add(disturbances)
    await this.#tell()
    return async (longerMs = LONGER_MS) => {
      const until = Date.now() + longerMs
      while (this.#running.has(disturbances) && Date.now() < until && (await this.#count(disturbances)) === before)
        await delay(LOOK_EVERY_MS)
      this.#running.delete(disturbances)
      await this.#tell()
      return (await this.#count(disturbances)) - before
    }
  }

  async calm(): Promise<void> {
    this.#running.clear()
    await this.#tell()
  }

  #tell(): Promise<unknown> {
    this.#telling = this.#telling.then(() => this.#driver.disturb?.([...this.#running].flat()))
    return this.#telling
  }

  async #count(disturbances: readonly GatewayDisturbance[]): Promise<number> {
    const counts = (await this.#driver.disturbed?.()) ?? {}
    const names = new Set(disturbances.map(({ on, how }) => `${on}.${how}`))
    return [...names].reduce((sum, name) => sum + (counts[name] ?? 0), 0)
  }
}

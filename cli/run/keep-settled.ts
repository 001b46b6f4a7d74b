import { setTimeout as delay } from 'node:timers/promises'
import { Goji } from '../../client/index.ts'
import { ATTEMPTS, type PlayOptions } from './play.ts'
import { Settlements } from './settlements.ts'

/** Short enough to watch a bill that was just paid become settled. */
const SETTLE_EVERY_MS = 15_000

/**
 * Hands in the simulated gateway's settlement files until the signal is aborted, so that what somebody pays by hand runs
 * its whole course. What goes wrong is said and tried again: it is no reason to stop the stack.
 */
export async function keepSettled({ engine, drivers, progress, signal }: PlayOptions, everyMs = SETTLE_EVERY_MS): Promise<void> {
  const name = engine.gateway ?? ''
  const driver = drivers.gateways.get(name)
  if (!driver) return
  const operator = new Goji({ url: engine.url, key: engine.key, signal, attempts: ATTEMPTS })
  const settlements = Settlements.fromTheFirst(operator, { name, driver })
  const say = (error: Error): void => {
    if (!signal.aborted) progress.note(`The gateway's settlement files could not be handed in: ${error.message}`)
  }
  while (!signal.aborted) {
    await settlements.follow(signal, everyMs).catch(say)
    await delay(everyMs, undefined, { signal }).catch(() => undefined)
  }
}

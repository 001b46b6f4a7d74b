import type { Engine } from '../composition/engine.ts'
import type { Clock } from '../composition/clock.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import type { Logger } from './log.ts'
import { errorWords } from '../composition/error-words.ts'
import { outageOf } from './outage.ts'

/** For so long after an outage nobody waits for Temporal again. The sweep looks every ten seconds. */
const PAUSE_MS = 5_000

/** `wakes`: the facts that it is told of, for the log of the request. */
export type TellEngine = (what: string, tell: (engine: Engine) => Promise<unknown>, wakes?: readonly Wake[]) => Promise<void>

/**
 * Tells the engine what is committed already. Whatever it answers, the caller's answer stands: facts stay unapplied and
 * the sweep relays them. Once the engine is found out of reach, others do not wait for it in vain for a while.
 */
export function tellEngine(engine: Engine, clock: Clock, log: Logger): TellEngine {
  let pausedUntil = 0
  return async (what, tell) => {
    if (clock.now() < pausedUntil) return
    try {
      await tell(engine)
    } catch (error) {
      if (outageOf(error) === 'engine') pausedUntil = clock.now() + PAUSE_MS
      log.warn({ what, ...errorWords(error) }, 'the engine was not told; the sweep relays it')
    }
  }
}

/** Wakes the bills of recorded facts. */
export const wakeBills = (tell: TellEngine, wakes: readonly Wake[]): Promise<void> =>
  wakes.length === 0 ? Promise.resolve() : tell('wake', (engine) => engine.wake(wakes), wakes)

import { setTimeout as delay } from 'node:timers/promises'
import { ApiRefusal, NoAnswer } from '../../client/index.ts'
import { interrupted } from '../exit-codes.ts'

/** What of the surroundings a watch needs; a test hands in its own. */
export interface WatchOptions {
  /** Milliseconds between two looks. */
  readonly everyMs: number
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Reads again and again and tells what was read, until it is interrupted. An engine that is away for a while is waited
 * for, once it has answered the first time; a refusal ends it.
 * @throws ApiRefusal; NoAnswer; the reason of the signal once it is aborted.
 */
export async function watch<T>(read: () => Promise<T>, tell: (seen: T) => void, { everyMs, note, signal }: WatchOptions): Promise<never> {
  let away = false
  for (let look = 1; ; look += 1) {
    try {
      tell(await read())
      if (away) note('The engine answers again.')
      away = false
    } catch (error) {
      if (signal.aborted || look === 1 || !isAway(error)) throw error
      if (!away) note(`${error.message} Waiting for it.`)
      away = true
    }
    await delay(everyMs, undefined, { signal }).catch(() => undefined)
    signal.throwIfAborted()
  }
}

const isAway = (error: unknown): error is Error => error instanceof NoAnswer || (error instanceof ApiRefusal && error.status >= 500)

/**
 * Runs what waits and holds nothing that has to be put away: Ctrl-C or a supervisor ends it at once.
 * @throws Ended when that happens.
 */
export async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = (name: NodeJS.Signals): void => controller.abort(name)
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (controller.signal.aborted) throw interrupted(controller.signal)
    throw error
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
  }
}

export const note = (line: string): void => void process.stderr.write(`${line}\n`)

/** Draws over what was drawn before: the screen shows one state of things and scrolls nowhere. */
export const redraw = (text: string, at: string): string => `\u001b[H\u001b[J${at}\n\n${text}\n`

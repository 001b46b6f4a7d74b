import { Dice } from './dice.ts'

/** What the schedule needs to know of a fault. */
export interface Schedulable {
  readonly id: string
  /** Seconds that it may last, from and to. */
  readonly lasts: readonly [number, number]
}

/** One fault, milliseconds after the load began. */
export interface Planned {
  readonly fault: string
  readonly at: number
  readonly lasts: number
  /** Which of all it is: its own throws of the dice hang on it. */
  readonly number: number
}

/** No more often than this does another fault begin; several may be under way at the same time. */
const SPACING_MS = 5_000
/** The parts of the time with faults before the first one begins and after the last one has to be healed. */
const QUIET_BEFORE = 0.08
const QUIET_AFTER = 0.06

/**
 * When which fault is injected: the same seed, time and faults give the same schedule. Each fault comes once before any
 * comes twice, so that none that was asked for is left out.
 */
export function scheduleOf(seed: number, safetyMs: number, faults: readonly Schedulable[]): Planned[] {
  const dice = new Dice(seed, 'schedule')
  const from = safetyMs * QUIET_BEFORE
  const until = safetyMs * (1 - QUIET_AFTER)
  const count = faults.length === 0 ? 0 : Math.max(faults.length, Math.floor((until - from) / SPACING_MS))
  const slot = (until - from) / Math.max(1, count)
  const planned: Planned[] = []
  let round: Schedulable[] = []
  for (let number = 0; number < count; number += 1) {
    if (round.length === 0) round = dice.shuffled(faults)
    const { id, lasts } = round.pop() as Schedulable
    const at = Math.round(from + slot * (number + dice.next() * 0.5))
    const wished = (lasts[0] + dice.next() * (lasts[1] - lasts[0])) * 1000
    planned.push({ fault: id, at, lasts: Math.round(Math.max(1_000, Math.min(wished, until - at))), number })
  }
  return planned
}

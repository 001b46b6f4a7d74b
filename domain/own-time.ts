/**
 * A bill's own time: wall time less the time it was paused. Durations of a policy run in it, so that a pause of 13
 * days moves every later date by exactly 13 days and nothing is forgotten or hurried when it ends.
 */
export interface Pause {
  /** Milliseconds. */
  readonly from: number
  /** Milliseconds, or null while the pause lasts. */
  readonly until: number | null
}

/**
 * The wall time (milliseconds) at which `duration` unpaused milliseconds have passed since `start`, or null when an
 * open pause keeps it from coming. Pauses are in order and do not overlap; the store's constraint sees to that.
 */
export function after(start: number, duration: number, pauses: readonly Pause[]): number | null {
  let at = start
  let left = duration
  for (const pause of pauses) {
    if (pause.until !== null && pause.until <= at) continue
    if (pause.from >= at + left) return at + left
    if (pause.until === null) return null
    left -= Math.max(0, pause.from - at)
    at = pause.until
  }
  return at + left
}

export const pausedAt = (at: number, pauses: readonly Pause[]): boolean =>
  pauses.some((pause) => pause.from <= at && (pause.until === null || at < pause.until))

/** Unpaused milliseconds between two instants. */
export function between(from: number, until: number, pauses: readonly Pause[]): number {
  const paused = pauses.reduce((sum, pause) => sum + Math.max(0, Math.min(pause.until ?? until, until) - Math.max(pause.from, from)), 0)
  return until - from - paused
}

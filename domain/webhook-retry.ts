const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Waits before the next attempt at one event, by how many there were. The last one repeats until the time is over. */
const DELAYS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR]
/** Waits between two probes of an endpoint that answers nothing well: short, so that a repaired one is found at once. */
const PROBES = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE]
/** An institution that asks for more time gets this much, and no more. */
const ASKED_MAX = HOUR

/** An event that could not be delivered for so long is given up; it stays in the list and can be sent again. */
export const GIVE_UP_AFTER_MS = 28 * DAY

/** So many events in a row that failed at their first attempt mean that the endpoint is down, and not the events wrong. */
export const DOWN_AFTER = 3

/** How long to wait after the attempt `attempts` (from 1) at an event; `asked` is the endpoint's Retry-After. Milliseconds. */
export function retryDelay(attempts: number, asked: number | null): number {
  const delay = DELAYS[Math.min(attempts, DELAYS.length) - 1] ?? SECOND
  return Math.max(delay, Math.min(asked ?? 0, ASKED_MAX))
}

/** How long to leave an endpoint alone that has been found down `probes` times (from 1). Milliseconds. */
export const probeDelay = (probes: number): number => PROBES[Math.min(probes, PROBES.length) - 1] ?? SECOND

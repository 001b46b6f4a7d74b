/** The one place outside workflows that reads the machine's clock. Everything else is handed the time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/**
 * The simulator's own clock: the machine's, moved forward on request. Everything the gateway dates (expiry, payments,
 * settlement, webhooks) uses it, so a test of a ninety-day session does not wait ninety days.
 */
export class Clock {
  #ahead = 0

  /** Milliseconds since 1970, as the gateway sees them. */
  now(): number {
    return Date.now() + this.#ahead
  }

  advance(ms: number): void {
    this.#ahead += ms
  }
}

import type { Stamped } from './entries.ts'

/** How often the money of each session was taken, counted from the journal and from nothing else. */
export class Captures {
  readonly #counts = new Map<string, number>()

  follow(entry: Stamped): void {
    if (entry.op === 'capture') this.#counts.set(entry.key, this.of(entry.key) + 1)
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }
}

import { draw } from '../cli/run/random.ts'

/** Chance that can be repeated: the same seed and place give the same throws, one after the other. */
export class Dice {
  readonly #seed: number
  readonly #place: readonly string[]
  #throws = 0

  constructor(seed: number, ...place: readonly string[]) {
    this.#seed = seed
    this.#place = place
  }

  /** In [0, 1). */
  next(): number {
    return draw(this.#seed, ...this.#place, String((this.#throws += 1)))
  }

  happens(share: number): boolean {
    return this.next() < share
  }

  /** A whole number from `low` up to, but not including, `high`. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low))
  }

  one<T>(choices: readonly T[]): T {
    const chosen = choices[this.whole(0, choices.length)]
    if (chosen === undefined) throw new RangeError('there is nothing to choose from')
    return chosen
  }

  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items]
    return items.map(() => rest.splice(this.whole(0, rest.length), 1)[0] as T)
  }
}

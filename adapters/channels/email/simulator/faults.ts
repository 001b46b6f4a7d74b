import type { ChannelDisturbance } from '../../../../domain/ports/simulator.ts'

const KINDS: readonly ChannelDisturbance[] = ['defer', 'slow', 'loseAnswer']

/** What the server does wrong at the moment, and how many letters met it. It is forgotten at a restart. */
export class Faults {
  now: ChannelDisturbance | null = null
  #met = 0

  get met(): number {
    return this.#met
  }

  /** What befalls the letter that is coming in. */
  meet(how: ChannelDisturbance): boolean {
    if (this.now !== how) return false
    this.#met += 1
    return true
  }
}

/** @throws Error for a word that means nothing here. */
export function readFault(how: unknown): ChannelDisturbance | null {
  if (how === null) return null
  const found = KINDS.find((kind) => kind === how)
  if (found === undefined) throw new Error(`A mail server can ${KINDS.join(', ')}; null ends it.`)
  return found
}

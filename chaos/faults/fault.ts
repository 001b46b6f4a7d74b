import type { GatewayDisturbance } from '../../domain/ports/simulator.ts'
import type { Dice } from '../dice.ts'
import type { Institution } from '../load/institution.ts'
import type { Load } from '../load/load.ts'
import type { Receiver } from '../load/receiver.ts'
import type { Schedulable } from '../schedule.ts'
import type { ChaosStack } from '../stack/stack.ts'
import type { Disturbances } from './disturbances.ts'

/** What a fault acts upon. */
export interface World {
  readonly stack: ChaosStack
  readonly load: Load
  readonly institutions: readonly Institution[]
  readonly receiver: Receiver
  /** What the gateway's simulator is asked to do wrong. */
  readonly disturbances: Disturbances
  readonly unitMs: number
}

/** Ends the fault; answers how often it has really happened. */
export type Heal = () => Promise<number>

export interface Fault extends Schedulable {
  /** One line for whoever reads what a run does. */
  readonly about: string
  /** Why it cannot be had on this machine; left out where it can everywhere. */
  readonly impossible?: () => string | null
  inject(world: World, dice: Dice, lastsMs: number): Promise<Heal>
}

/** A fault that happened once when it was injected, and whose end undoes it. */
export const once =
  (undo: () => Promise<unknown>): Heal =>
  async () => {
    await undo()
    return 1
  }

/**
 * A fault that strikes again and again until it is healed. `strike` answers how often it hit; `goesOn` may keep it alive
 * beyond its end, as long as it says so of the hits so far.
 */
export function againAndAgain(strike: (end: AbortSignal) => Promise<number>, goesOn: (hits: number) => boolean = () => false): Heal {
  const end = new AbortController()
  let hits = 0
  const hunt = (async () => {
    while (!end.signal.aborted || goesOn(hits)) hits += await strike(end.signal)
  })()
  return async () => {
    end.abort()
    await hunt
    return hits
  }
}

/** A fault of the gateway: its simulator does something wrong, and counts how often. */
export const gatewayFault = (
  fault: Schedulable & { readonly about: string },
  disturbances: (world: World, dice: Dice) => readonly GatewayDisturbance[],
): Fault => ({
  ...fault,
  inject: (world, dice) => world.disturbances.begin(disturbances(world, dice)),
})

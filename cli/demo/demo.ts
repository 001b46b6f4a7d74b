import type { DemoWorld } from './world.ts'

/** One of the golden scenarios, told on a running engine. docs/demos/ has a page for each. */
export interface Demo {
  readonly number: number
  readonly title: string
  readonly story: string
  /** Names of simulators that it needs beside those that always start. */
  readonly simulators?: readonly string[]
  /** It kills what belongs to the engine, or needs one that nobody else tends. */
  readonly needsOwnStack?: boolean
  /** Plays it through the public API; answers where to look at what became of it. @throws GojiError `demo_failed`. */
  tell(world: DemoWorld): Promise<readonly (readonly [name: string, where: string])[]>
}

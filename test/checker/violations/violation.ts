import type { Cast } from '../world.ts'

export type Line = Record<string, unknown>

/** One thing that is wrong, how it is brought about, and what the checker has to say of it. */
export interface Violation {
  readonly what: string
  readonly breaks?: (cast: Cast) => string[]
  /** Changes the gateway's journal instead; the lines are its own copies. */
  readonly journal?: (lines: Line[], cast: Cast) => Line[]
  readonly letters?: (lines: Line[], cast: Cast) => Line[]
  readonly final?: boolean
  readonly rule: string
  /** What the sentence has to say, where one rule says several things. */
  readonly says?: RegExp | ((cast: Cast) => string)
  /** What the finding names; by default the thing of the cast that is at fault. */
  readonly id: (cast: Cast) => string | RegExp
}

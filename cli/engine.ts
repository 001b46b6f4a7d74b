import type { Simulator } from '../composition/simulators.ts'

/** An engine to talk to. */
export interface Engine {
  /** Base URL of the API and the pages, without a trailing slash. */
  readonly url: string
  /** A key of the platform, or of one institution. */
  readonly key: string
  /** Its gateway, where that is known to be a simulator. */
  readonly gateway: string | undefined
  /** What simulated citizens can be played at; none on an engine that is not ours. */
  readonly simulators: readonly Simulator[]
  /** What people open in a browser, by name. */
  readonly addresses: Readonly<Record<string, string>>
}

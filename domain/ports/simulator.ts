/**
 * How a local simulator of a provider is started. `adapters/<kind>s/<name>/simulator/` holds `main.ts`, a process of its
 * own that takes command-line flags and no environment, and `manifest.ts`, which exports one `manifest` of this type.
 * The embedded stack finds the folders and knows no provider's name.
 *
 * `main.ts` prints the line `{"listening":"http://127.0.0.1:<port>"}` on its standard output once it answers, writes
 * nothing secret there, keeps its state only in `dataDir` and ends within a second of SIGTERM.
 */
export interface SimulatorManifest {
  /** One line for an operator: what is simulated and what its page shows. */
  readonly description: string
  /** Names of the secrets that simulator and adapter share (an API key, a signing secret). The stack makes up a value for
   * each (base64url of 32 random bytes) and keeps it in the data folder, so that a restart finds the same ones. */
  readonly secrets: readonly string[]
  /** The port of its page that people remember, tried first; any free one without it. */
  readonly usualPort?: number
  /** Further ports that it listens on, by name, each with its usual number. */
  readonly furtherPorts?: Readonly<Record<string, number>>
  /** The flags for `main.ts`. */
  flags(start: SimulatorStart): readonly string[]
  /** The environment settings by which the adapter beside it reaches the running simulator. */
  settings(running: SimulatorRunning): Readonly<Record<string, string>>
}

export interface SimulatorStart {
  /** The port to listen on at 127.0.0.1, free a moment ago; the simulator fails rather than choose another one. */
  readonly port: number
  /** The further ports that the manifest asks for, by name. */
  readonly ports: Readonly<Record<string, number>>
  /** A folder of its own, already made, for what must outlive a restart. */
  readonly dataDir: string
  /** Where its webhooks go: `http://127.0.0.1:<port>/webhooks/<kind>/<name>`. The API may not answer there yet. */
  readonly webhookUrl: string
  /** The values of the manifest's `secrets`, by name. */
  readonly secrets: Readonly<Record<string, string>>
}

export interface SimulatorRunning {
  /** The simulator's base URL, without a trailing slash. */
  readonly url: string
  readonly ports: Readonly<Record<string, number>>
  readonly secrets: Readonly<Record<string, string>>
}

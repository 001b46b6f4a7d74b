import type { PageMethod } from './gateway.ts'

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
  /** Started only when it is asked for (`npm start -- --with NAME`), as each simulator is a process more. */
  readonly onRequest?: boolean
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
  /** The folder that it was started with, for what passes between adapter and provider as files. */
  readonly dataDir?: string
}

/**
 * Plays the people that a provider deals with: `adapters/<kind>s/<name>/simulator/driver.ts`, where there is one, exports
 * `createDriver`. Only simulated citizens use it; nothing that a real provider offers goes through here.
 * Every method rejects with an Error where the simulator cannot be reached.
 */
export type CreateDriver<Driver> = (running: Pick<SimulatorRunning, 'url' | 'secrets'>) => Driver

/** What a simulated gateway can be asked to do wrong, in words of no provider. */
export interface GatewayDisturbance {
  /** The call that it befalls; `webhook` is one that the gateway makes. */
  readonly on: 'session' | 'payment' | 'capture' | 'cancel' | 'refund' | 'refundReport' | 'settlement' | 'webhook'
  /** `…AfterEffect` and `drop` of a call: it was done, and the answer says otherwise or never comes. The last five are of webhooks. */
  readonly how:
    | 'errorBefore'
    | 'errorAfterEffect'
    | 'hangAfterEffect'
    | 'slow'
    | 'rateLimit'
    | 'brokenBody'
    | 'htmlError'
    | 'wrongAmount'
    | 'drop'
    | 'duplicate'
    | 'late'
    | 'reorder'
    | 'wrongSignature'
  /** The part of all calls that it befalls, until it is calmed; or how many calls from now on. */
  readonly share?: number
  readonly times?: number
  /** Milliseconds of what is slow or late. */
  readonly ms?: number
}

/** What a simulated mail server can be asked to do wrong: say "later", take long, or take the letter and hang up. */
export type ChannelDisturbance = 'defer' | 'slow' | 'loseAnswer'

/** The citizen at the gateway's payment page, and the gateway's end of day. */
export interface GatewayDriver {
  /** Pays the session of a checkout (our key); false where it takes no payment, or none any more. */
  authorize(key: string, method: PageMethod): Promise<boolean>
  /** An attempt to pay that the citizen's card or bank declines; false where the session takes none any more. */
  decline(key: string): Promise<boolean>
  /** Ends the gateway's day. Answers the names of every settlement file that there is, the newest last. */
  settle(): Promise<readonly string[]>
  /** The text of a settlement file. */
  settlement(name: string): Promise<string>
  /** How often the money of a checkout (our key) was taken, by the gateway's own journal. Left out where it keeps none. */
  captures?(key: string): Promise<number>
  /** The next capture of this key is slow, or takes the money and is never answered. Left out where the simulator cannot. */
  disturbCapture?(key: string, how: { readonly kind: 'slow'; readonly ms: number } | { readonly kind: 'unanswered' }): Promise<void>
  /** From now on these befall its calls, in place of all that were asked for before. Left out where the simulator cannot. */
  disturb?(disturbances: readonly GatewayDisturbance[]): Promise<void>
  /** How often each has really happened, by `on.how`. */
  disturbed?(): Promise<Readonly<Record<string, number>>>
  /** The headers by which a webhook with this body passes for one of the gateway's. `at` is in milliseconds. */
  signWebhook?(eventId: string, body: string, at: number): Readonly<Record<string, string>>
}

/** The citizen at a channel's app or mailbox. */
export interface ChannelDriver {
  /** Where a person can look at what has arrived at an address. */
  page(address: string): string
  /** The links of the notices that have arrived at an address, the newest first. */
  links(address: string): Promise<readonly string[]>
  /** Opens every notice that has arrived at an address and is not open yet; answers how many. */
  open(address: string): Promise<number>
  /** From now on every message meets this; null calms it. Left out where the simulator cannot. */
  disturb?(how: ChannelDisturbance | null): Promise<void>
  /** How often messages met one. */
  disturbed?(): Promise<number>
}

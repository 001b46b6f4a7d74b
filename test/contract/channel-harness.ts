import type { Channel } from '../../domain/ports/channel.ts'

/** What the `harness.ts` of a folder under `adapters/channels` exports, so that the contract suite can run over it. */
export interface ChannelHarnessModule {
  /** What the channel's counterpart can be made to do; the suite asks for nothing else. */
  readonly abilities: readonly Ability[]
  /** Why the counterpart cannot be had on this machine, or null. */
  unavailable(): string | null
  startHarness(): Promise<ChannelHarness>
}

export type Ability =
  /** It shows what the citizen got: `driver.shown`. */
  | 'shows'
  /** It fails in the three ways: `driver.fail`. */
  | 'fails'
  /** It takes a message and loses its own answer: `driver.loseAnswer`. */
  | 'losesAnswers'
  /** It shows only what fits: of the words, the institution, the subject and the link. */
  | 'brief'
  /** It reports by webhook what became of a message: `driver.webhooks`. */
  | 'reports'
  /** It lets the citizen open a message and reports that too: `driver.open`. */
  | 'opens'
  /** Its webhooks are signed as Standard Webhooks has it: `driver.rotated`. Others prove by a header who sends them. */
  | 'signs'
  /** It can be killed and started again: `driver.crash`. */
  | 'crashes'

export interface ChannelHarness {
  readonly channel: Channel
  /** An address that can be reached. */
  readonly address: string
  /** Addresses that cannot, each with the reason. */
  readonly unreachable: readonly { readonly why: string; readonly address: string }[]
  readonly driver: ChannelDriver
  /** Ends every process and server that was started. */
  stop(): Promise<void>
}

export type FailureKind = 'temporary' | 'permanent' | 'technical'

export interface ChannelDriver {
  /** What the citizen sees under this key, as text, once there are `count` messages or more. */
  shown(key: string, count: number): Promise<readonly ShownMessage[]>
  /** Makes sends to the address that it answers fail like this, until `heal`. */
  fail(kind: FailureKind): Promise<string>
  heal(): Promise<void>
  /** The next send is taken, and its answer is lost. */
  loseAnswer(): Promise<void>
  /** The citizen opens the message. */
  open(key: string): Promise<void>
  /** Resolves with the webhooks about `key`, as received, once there are `count` of them. */
  webhooks(key: string, count: number): Promise<readonly RawWebhook[]>
  /** Signs a webhook again, as a provider would that is changing its secret: with one that we do not have, and with ours. */
  rotated(webhook: RawWebhook, now: number): RawWebhook
  /** Kills the counterpart without warning and starts it again over the same records at the same address. */
  crash(): Promise<void>
}

export interface ShownMessage {
  /** All that the citizen can read, without markup. */
  readonly text: string
  /** The same for each repetition of one message. */
  readonly messageId: string
}

export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

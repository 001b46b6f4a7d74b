import type { Gateway, PageMethod } from '../../domain/ports/gateway.ts'

/**
 * What the `harness.ts` of a folder under `adapters/gateways` exports, so that the contract suite can run over it; its
 * harness holds the adapter, connected to a running simulator, and a driver that plays everybody else.
 */
export interface GatewayHarnessModule {
  /** What the gateway offers beyond the least that the engine needs; all of it where nothing is said. */
  readonly abilities?: readonly GatewayAbility[]
  /**
   * There is nobody to call: it tells the citizen where to transfer, and the bank's statements show the money. Another
   * suite checks what such a gateway promises.
   */
  readonly onlyInstructs?: true
  startHarness(): Promise<GatewayHarness>
}

export const GATEWAY_ABILITIES = [
  /** The citizen's payment is authorized first and waits for our capture; else it is captured at once. */
  'authorizes',
  /** A session can be ended, or barred before it begins, so that nothing can be paid on it. */
  'endsSessions',
  /** A session ends by itself at the time that we ask for. */
  'expiresSessions',
  /** It says which amount a session is for, and refuses another one under the same key. */
  'fixesAmounts',
  /** It reports by webhook that a payment was authorized, not only that it was captured. */
  'reportsAuthorizations',
  /** It reports a refund under the refund's key; else its payment is reported. */
  'reportsRefunds',
  /** Its webhooks are signed as Standard Webhooks has it. Those of others are no proof of anything, and only make us ask. */
  'signs',
  /** It has settlement files. */
  'settles',
  /** It pays refunds to an account that the citizen names, and says so. */
  'refundsToAccounts',
  /** It tells of payments that somebody claims back, and whether they were lost. */
  'reportsClaims',
] as const
export type GatewayAbility = (typeof GATEWAY_ABILITIES)[number]

export interface GatewayHarness {
  readonly gateway: Gateway
  /** By which the adapter of another process reaches the same simulator. */
  readonly settings: Readonly<Record<string, string>>
  readonly driver: GatewayContractDriver
  /** Where the gateway keeps that record itself, if it is one that the outside checker reads. */
  readonly journalFile?: string
  /** Ends every process and server that was started. */
  stop(): Promise<void>
}

export interface GatewayContractDriver {
  /** The citizen pays on the hosted page. Answers whether the gateway took it. */
  authorize(key: string, method: PageMethod): Promise<boolean>
  /** The citizen's last attempt is declined; the session takes no other. */
  decline(key: string): Promise<void>
  /** The payer's bank asks for the money of a payment, takes it, or gives up. */
  claim?(key: string, state: 'disputed' | 'reversed' | 'returned' | 'won'): Promise<void>
  /** Milliseconds, the gateway's clock. */
  now(): Promise<number>
  /** Moves the gateway's clock forward. */
  advance(ms: number): Promise<void>
  /** The next matching call about `key` suffers this. */
  fault(key: string, call: FaultyCall, fault: Fault): Promise<void>
  /** The end of day. Answers the names of the files that it made. */
  settle(): Promise<readonly string[]>
  /** Resolves with the webhooks about `key`, as received and acknowledged, once there are `count` of them. */
  webhooks(key: string, count: number): Promise<readonly RawWebhook[]>
  /** While we do not listen, webhooks are refused with 503 and forgotten. */
  listen(listening: boolean): void
  /** Resolves when the next one has been refused so. */
  refused(): Promise<void>
  /** Signs a webhook again, as a provider would that is changing its secret: with one that we do not have, and with ours. */
  rotated(webhook: RawWebhook, now: number): RawWebhook
  /** The gateway's own record of money, from outside the adapter. */
  journal(): Promise<readonly JournalLine[]>
  /** Kills the gateway without warning and starts it again over the same records at the same address. */
  crash(): Promise<void>
}

export type FaultyCall = 'openSession' | 'payment' | 'capture' | 'cancel' | 'refund' | 'refundReport'

export type Fault =
  | 'errorBefore'
  | 'errorAfterEffect'
  | 'hangAfterEffect'
  | 'drop'
  | 'rateLimit'
  | 'htmlError'
  | 'brokenBody'
  | 'wrongAmount'
  /** A capture or a refund is refused by the issuer or the bank. */
  | 'decline'
  /** A refund is accepted and done a minute later by the gateway's clock. */
  | 'late'

export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

export interface JournalLine {
  readonly op: 'capture' | 'refund'
  /** The key of the checkout or refund. */
  readonly key: string
  readonly reference: string
  readonly minor: bigint
  readonly currency: string
}

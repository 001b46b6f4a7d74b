import type { Channel } from '../domain/ports/channel.ts'
import type { Gateway } from '../domain/ports/gateway.ts'
import type { Sql } from '../store/connection.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import type { AttemptResult } from '../store/webhooks/attempts.ts'

export interface WebhookCall {
  readonly url: string
  readonly endpointId: string
  readonly mode: 'test' | 'live'
  /** What the receiver knows a repetition by. */
  readonly eventId: string
  readonly body: string
  /** Encrypted, the newest first: each signs. */
  readonly secrets: readonly Buffer[]
}

/** What activities are given; the composition root (workers/main.ts) puts it together. */
export interface Ports {
  readonly sql: Sql
  readonly clock: { now(): number }
  readonly channel: (name: string) => Channel
  readonly channelNames: readonly string[]
  readonly gateway: (name: string) => Gateway
  readonly gatewayNames: readonly string[]
  /** Tells bills' runs of recorded facts; throws when Temporal cannot be reached. */
  readonly wake: (wakes: readonly Wake[]) => Promise<void>
  readonly sweep: (billIds: readonly string[]) => Promise<void>
  /** Has a checkout's run ask the gateway, starting the run where there is none. */
  readonly reportCheckout: (checkoutId: string) => Promise<void>
  /** Ends a checkout at the gateway and answers how it ended; throws while nobody knows. */
  readonly cancelCheckout: (checkoutId: string) => Promise<{ readonly state: string }>
  /** Bills of one batch that the workers may have in hand at a time. */
  readonly batchWindow: number
  /** Has a batch's run go on, starting it where there is none. */
  readonly runBatch: (batchId: string) => Promise<void>
  readonly postStatement: (statementId: string) => Promise<void>
  /** Has the run of an institution's endpoint look now, starting it where there is none. */
  readonly wakeWebhook: (endpointId: string) => Promise<void>
  /** Signs and sends one webhook to an institution. Whatever comes of it is answered, never thrown. */
  readonly postWebhook: (call: WebhookCall) => Promise<AttemptResult>
  /** The signed link that a notice carries. */
  readonly link: (input: { billId: string; deliveryId: string; expiresAt: number }) => string
  /** The address of a path on the citizens' site. */
  readonly url: (path: string) => string
}

/**
 * The time for a store call: the workflow's, or the machine's where that is later (a retry hours after the first try).
 * Neither alone would do: a worker's clock may lag behind the server that fired the timer.
 */
export const laterOf = (workflowTime: number, ports: Ports): number => Math.max(workflowTime, ports.clock.now())

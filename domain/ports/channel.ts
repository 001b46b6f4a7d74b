import type { DeliveryPurpose } from '../bill.ts'
import type { Repeatability } from './gateway.ts'
import type { Money } from '../money.ts'
import type { ReceiptLevel } from '../policy.ts'
import type { ReturnReason } from '../return-reason.ts'

export type Language = 'ko' | 'en'

/** What is shown to the citizen, already worded: a channel only lays it out. Contains personal data; never stored in Temporal. */
export interface Notice {
  readonly purpose: DeliveryPurpose
  readonly language: Language
  readonly institution: string
  readonly citizenName: string
  readonly subject: string
  /** Paragraphs of plain text. */
  readonly paragraphs: readonly string[]
  /** Label and value pairs: amount, due date, bill number. */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly action: { readonly label: string; readonly url: string }
  /** What a payment has to name; absent where nothing is to be paid. */
  readonly reference?: string
}

export interface SendRequest {
  /** Stable key of the delivery (`<deliveryId>`): the same message id on every repetition. */
  readonly key: string
  /** The citizen's address on this channel, in the channel's own form. */
  readonly address: string
  readonly notice: Notice
}

/**
 * What a channel reports. `failed` says whether another attempt, or another channel, can help; `returned` that what was
 * handed over came back, so that nothing reported before it proves anything. `cost`: the channel's own price of the
 * delivery, where it knows one.
 */
export type ChannelReceipt =
  | { readonly level: ReceiptLevel; readonly at: number; readonly reference: string; readonly cost?: Money }
  | { readonly level: 'returned'; readonly reason: ReturnReason; readonly at: number; readonly reference: string }
  | {
      readonly level: 'failed'
      readonly kind: 'temporary' | 'permanent' | 'technical'
      readonly code: string
      readonly at: number
      readonly reference: string
    }

/** One report of a verified webhook, translated. `key` is our delivery's key. */
export interface ChannelNotice {
  readonly eventId: string
  readonly key: string
  readonly receipt: ChannelReceipt
  /** The part of the body that is this report, where one webhook brings several; else the whole body counts. */
  readonly body?: Buffer
}

/** What became of taking a delivery back. `unknown`: the channel has never heard of it. */
export type RecallOutcome = 'recalled' | 'tooLate' | 'unknown'

/** A way to reach a citizen. Every method may throw ProviderError and nothing else. */
export interface Channel {
  readonly name: string
  readonly repeat: Repeatability
  /** The highest receipt that this channel can report. A chain that waits for its delivery where it can say less is refused; reading is told by our own page too. */
  readonly reports: ReceiptLevel
  /** False where every citizen is reached without an address of their own. */
  readonly needsAddress: boolean
  /** True where nobody is disturbed by what arrives, so that it may be sent at night. */
  readonly silent?: boolean
  /** True where the notice is held in hands: it is worded for somebody who cannot press a button. */
  readonly printed?: boolean
  /** Is this address one of the channel's, known there, and has the citizen consented to official notices? */
  reachable(address: string, signal: AbortSignal): Promise<boolean>
  send(request: SendRequest, signal: AbortSignal): Promise<ChannelReceipt>
  /**
   * Asks what became of a delivery, where the channel is `queryable` or `idempotent`; null if it does not know the key.
   * `address` is where it was sent: some providers can only look there.
   */
  receipt(key: string, signal: AbortSignal, address: string): Promise<ChannelReceipt | null>
  /**
   * Verifies a webhook over its raw bytes and translates each report in it.
   * @throws GojiError `signature_invalid`; `webhook_not_found` where the channel has no webhooks.
   */
  translate(headers: Readonly<Record<string, string | undefined>>, body: Buffer, now: number): readonly ChannelNotice[]
  /**
   * Takes back a delivery that it has accepted, where it still can; repeating it answers the same. What was recalled is
   * never shown to anybody, also if `send` is repeated under its key. Absent where nothing can be taken back.
   */
  recall?(key: string, signal: AbortSignal): Promise<RecallOutcome>
  /**
   * Reads a file of receipts that an operator hands in, where the channel's counterpart writes such files. It is not
   * signed: who hands it in answers for it. @throws GojiError `report_malformed`, naming the line.
   */
  readReports?(text: string, now: number): readonly ChannelNotice[]
  /** What the channel does by itself as time passes, such as closing a batch. Called every few seconds, by one process or several. */
  tend?(now: number, signal: AbortSignal): Promise<void>
}

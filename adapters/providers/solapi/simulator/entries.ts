/** A message as it was handed in. */
export interface SentMessage {
  readonly messageId: string
  readonly groupId: string
  readonly to: string
  readonly from: string
  readonly type: 'SMS' | 'LMS' | 'ATA'
  /** What the citizen reads. */
  readonly text: string
  readonly customFields: Readonly<Record<string, string>>
}

/** What can happen to a message. A status is one of those that Solapi publishes. */
export type Entry =
  | { readonly op: 'message'; readonly message: SentMessage; readonly statusCode: string }
  | { readonly op: 'status'; readonly messageId: string; readonly statusCode: string }
  | { readonly op: 'opened'; readonly messageId: string }

/** An event as the books have it. */
export interface RecordedEvent {
  readonly type: string
  /** Milliseconds. */
  readonly at: number
  /** `bill:<id>`, `batch:<id>`. */
  readonly subject: string
  readonly bill_number: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** What an event says: the id of the bill or batch that it is about, and nothing about a person. */
export const eventData = ({ subject, bill_number: billNumber, data }: RecordedEvent): Record<string, unknown> => ({
  id: subject.slice(subject.indexOf(':') + 1),
  ...(billNumber === null ? {} : { billNumber }),
  ...data,
})

/** The body of a webhook. The same event always makes the same bytes, so a repetition is the same message. */
export const eventBody = (event: RecordedEvent): string =>
  JSON.stringify({ type: event.type, timestamp: new Date(event.at).toISOString(), data: eventData(event) })

import { readdirSync, readFileSync } from 'node:fs'

interface Payload {
  /** Base64. */
  readonly data?: string
}

/** An event as `save-histories.ts` writes it: one attributes field, named after its kind. */
export interface SavedEvent {
  readonly userMetadata?: { readonly summary?: Payload }
  readonly [field: string]: unknown
}

export interface SavedHistory {
  /** `life.kind`, and a number from the second run on. */
  readonly name: string
  /** The workflow's name. */
  readonly kind: string
  readonly history: { events: SavedEvent[] }
}

const FOLDER = new URL('./histories/', import.meta.url)

/** As the worker's replay takes it: numbers for enums and ids, base64 for bytes. */
export const plain = (event: object): SavedEvent =>
  (event.constructor as unknown as { toObject(event: object, options: object): SavedEvent }).toObject(event, {
    longs: Number,
    bytes: String,
  })

export function savedHistories(): SavedHistory[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      kind: file.split('.')[1] ?? '',
      history: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as SavedHistory['history'],
    }))
}

/** What an operator reads beside an event in Temporal's UI; empty where there is nothing. */
export function summaryOf({ userMetadata }: SavedEvent): string {
  const data = userMetadata?.summary?.data
  return data === undefined ? '' : (JSON.parse(Buffer.from(data, 'base64').toString()) as string)
}

/** Events that carry a summary: what a workflow asked for and an operator sees waiting. */
const TOLD = ['activityTaskScheduledEventAttributes', 'timerStartedEventAttributes', 'markerRecordedEventAttributes'] as const

/** Markers of patches are between the worker and its library, and can carry none. */
const isPatch = (event: SavedEvent): boolean =>
  (event['markerRecordedEventAttributes'] as { markerName: string } | undefined)?.markerName === 'core_patch'

export const toldEvents = (events: readonly SavedEvent[]): { kind: (typeof TOLD)[number]; summary: string }[] =>
  events
    .filter((event) => !isPatch(event))
    .flatMap((event) => TOLD.filter((kind) => event[kind]).map((kind) => ({ kind, summary: summaryOf(event) })))

/** Every text in a history: names, ids, failures, and what stands in the payloads once decoded. */
export function textsIn(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return field === 'data' ? [value, Buffer.from(value, 'base64').toString()] : [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, Array.isArray(value) ? field : name))
}

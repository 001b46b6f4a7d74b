import { readdirSync, readFileSync } from 'node:fs'
import type { Bookkeeping } from '../../activities/books.ts'
import * as signals from '../../domain/signals.ts'
import type { Step } from '../../domain/step.ts'
import * as messages from '../../workflows/messages.ts'
import * as workflows from '../../workflows/index.ts'
import { taking } from '../../workflows/bill/story.ts'
import { timeouts } from '../../workflows/timeouts.ts'
import { type SavedEvent, type SavedHistory, summaryOf } from './saved-histories.ts'

/** Whatever a step does beside the books is an activity; steps of the books are told by the line that stands beside them. */
const ACTIVITY_OF: Readonly<Record<Exclude<Step['kind'], Bookkeeping> | 'recall' | 'askSettlement', string>> = {
  send: 'sendNotice',
  recall: 'recallNotice',
  refund: 'sendRefund',
  endCheckout: 'stopCheckout',
  askSettlement: 'askSettlement',
}
/** A record, so that a step which is added to the plan and not here does not compile. */
const BOOKKEEPING: Readonly<Record<Exclude<Step['kind'], keyof typeof ACTIVITY_OF>, true>> = {
  issue: true,
  fallDue: true,
  surcharge: true,
  conclude: true,
  handBack: true,
  expire: true,
  openException: true,
  askAboutReturn: true,
  useCredit: true,
}
const bookkeeping = Object.keys(BOOKKEEPING) as (keyof typeof BOOKKEEPING)[]

/** Everything of which the engine's histories are made, as the code has it now. */
export function everything(): string[] {
  const updates = Object.values(messages).filter(({ type }) => type === 'update')
  return [
    ...Object.keys(workflows).map((name) => `workflow ${name}`),
    ...[...Object.keys(ACTIVITY_OF), ...bookkeeping].map((kind) => `step ${kind}`),
    ...Object.values(signals)
      .flat()
      .map((name) => `signal ${name}`),
    ...updates.map(({ name }) => `update ${name}`),
    ...Object.keys(timeouts).map((name) => `activity ${name}`),
    ...patches().map((id) => `patch ${id}`),
  ]
}

/** What of it a history holds. */
export const contentsOf = ({ kind, history }: SavedHistory): string[] => [
  `workflow ${kind}`,
  ...history.events.flatMap((event) => [...told(event), ...marked(event)]),
]

interface Named {
  readonly workflowExecutionSignaledEventAttributes?: { readonly signalName: string }
  readonly workflowExecutionUpdateAcceptedEventAttributes?: { readonly acceptedRequest: { readonly input: { readonly name: string } } }
  readonly activityTaskScheduledEventAttributes?: { readonly activityType: { readonly name: string } }
}

function told(event: SavedEvent): string[] {
  const named = event as Named
  const signal = named.workflowExecutionSignaledEventAttributes?.signalName
  const update = named.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.name
  const activity = named.activityTaskScheduledEventAttributes?.activityType.name
  const steps = Object.entries(ACTIVITY_OF).filter(([, name]) => name === activity)
  return [
    ...(signal === undefined ? [] : [`signal ${signal}`]),
    ...(update === undefined ? [] : [`update ${update}`]),
    ...(activity === undefined ? [] : [`activity ${activity}`]),
    ...steps.map(([kind]) => `step ${kind}`),
  ]
}

interface Marker {
  readonly markerName: string
  readonly details: Readonly<Record<string, { readonly payloads: readonly { readonly data?: string }[] }>>
}

/** Local activities and patches are markers, of which only the worker's library knows the form. */
function marked(event: SavedEvent): string[] {
  const marker = event['markerRecordedEventAttributes'] as Marker | undefined
  if (marker === undefined) return []
  const said = Object.values(marker.details).flatMap(({ payloads }) =>
    payloads.map(({ data = '' }) => Buffer.from(data, 'base64').toString()),
  )
  if (marker.markerName === 'core_patch') return said.map((text) => `patch ${(JSON.parse(text) as { id: string }).id}`)
  const summary = summaryOf(event)
  return [
    ...said.flatMap((text) => [...text.matchAll(/"activity_type":"(\w+)"/g)].map(([, name]) => `activity ${name}`)),
    // Older builds named the step itself.
    ...bookkeeping.filter((kind) => summary === taking(kind) || summary === `Keep the books: ${kind}`).map((kind) => `step ${kind}`),
  ]
}

/** The ids of the patches in the workflows' sources, whether they still choose a way or are on their way out. */
function patches(): string[] {
  const folder = new URL('../../workflows/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const texts = files.map((file) => readFileSync(new URL(file, folder), 'utf8'))
  const calls = texts.flatMap((text) => [...text.matchAll(/\b(?:patched|deprecatePatch)\('([^']+)'\)/g)])
  return [...new Set(calls.map(([, id]) => id ?? ''))]
}

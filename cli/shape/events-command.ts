import type { Command } from 'commander'
import type { Goji } from '../../client/index.ts'
import type { Column } from '../output.ts'
import { listCommand } from './list-command.ts'

/** An entry of a log, as every noun has them. */
export interface LoggedEvent {
  readonly at: string
  readonly seq: number
  readonly action: string
  readonly actor: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface EventsCommand<Event extends LoggedEvent> {
  readonly description: string
  readonly argument: readonly [name: string, description: string]
  readonly rows: (goji: Goji, argument: string, limit: number) => AsyncIterable<Event> | Promise<AsyncIterable<Event>>
  /** Columns between who did it and what else is said. */
  readonly columns?: readonly Column<Event>[]
  readonly keyOf?: (event: Event) => string
  readonly examples: readonly string[]
}

/** Details of an entry, by name. */
export const detailsOf = (body: LoggedEvent['body']): string =>
  Object.entries(body)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('  ')

/** A command that shows what happened to one thing, the oldest first; with `--watch` also what happens from now on. */
export const eventsCommand = <Event extends LoggedEvent>({
  columns = [],
  keyOf = ({ seq }) => String(seq),
  ...events
}: EventsCommand<Event>): Command =>
  listCommand<Event>({
    ...events,
    name: 'events',
    limit: 1_000,
    rows: (goji, { limit }, argument) => events.rows(goji, argument, limit),
    columns: [
      { title: 'at', value: ({ at }) => at },
      { title: 'what', value: ({ action }) => action },
      { title: 'by', value: ({ actor }) => actor },
      ...columns,
      { title: 'details', value: ({ body }) => detailsOf(body) },
    ],
    keyOf,
  })

import type { Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { eventsCommand } from '../shape/events-command.ts'
import { listCommand } from '../shape/list-command.ts'

export const statementsListCommand = (): Command =>
  listCommand<Schemas['StatementSummary']>({
    description: "List gateways' and banks' files, the newest first.",
    rows: (goji, { limit }) => goji.list('/v1/statements', { limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'of', value: ({ source }) => source },
      { title: 'gateway', value: ({ gateway }) => gateway },
      { title: 'name', value: ({ name }) => name },
      { title: 'state', value: ({ state }) => state },
      { title: 'lines', value: ({ lines }) => String(lines), right: true },
      { title: 'booked', value: ({ posted }) => String(posted), right: true },
      { title: 'exceptions', value: ({ exceptions }) => String(exceptions), right: true },
      { title: 'received', value: ({ receivedAt }) => receivedAt },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji statements list', 'goji statements list --limit 100 -o json'],
  })

export const statementsEventsCommand = (): Command =>
  eventsCommand({
    description: "Show a statement's log: when it came and when it was booked.",
    argument: ['id', 'the statement'],
    rows: (goji, id, limit) => goji.list('/v1/statements/{id}/events', { path: { id }, limit }),
    examples: ['goji statements events stm_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

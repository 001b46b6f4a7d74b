import type { Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
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

import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { DELIVERY_STATES, type DeliveryState } from '../../domain/states/delivery.ts'
import { facts } from '../output.ts'
import { entriesCommand } from '../shape/entries-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { listCommand } from '../shape/list-command.ts'

type Delivery = Schemas['ListedDelivery']
interface Filters {
  readonly state?: DeliveryState
  readonly channel?: string
  readonly bill?: string
}

const ID = ['id', 'the delivery, such as dlv_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

const since = ({ endedAt, readAt, deliveredAt, acceptedAt, attemptedAt }: Delivery): string =>
  endedAt ?? readAt ?? deliveredAt ?? acceptedAt ?? attemptedAt
const stateOf = ({ state, returnReason }: Delivery): string => (returnReason === null ? state : `${state}: ${returnReason}`)

export const lettersListCommand = (): Command =>
  listCommand<Delivery, Filters>({
    description: 'List notices and reminders on any channel, the newest first.',
    filters: (command) =>
      command
        .addOption(new Option('--state <state>', 'where a delivery stands').choices(DELIVERY_STATES))
        .option('--channel <name>', 'only one channel')
        .option('--bill <id>', 'only one bill'),
    rows: (goji, { state, channel, bill, limit }) => goji.list('/v1/deliveries', { query: { state, channel, bill }, limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'bill', value: ({ bill }) => bill.number },
      { title: 'key', value: ({ key }) => key },
      { title: 'state', value: stateOf },
      { title: 'since', value: since },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji letters list --state returned', 'goji letters list --channel app -o json'],
  })

export const lettersGetCommand = (): Command =>
  getCommand({
    description: 'Show what became of one notice or reminder.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/deliveries/{id}', { path: { id } }),
    text: (delivery) =>
      facts([
        ['delivery', delivery.id],
        ['bill', `${delivery.bill.id} (${delivery.bill.number})`],
        ['key', delivery.key],
        ['channel', delivery.channel],
        ['state', stateOf(delivery)],
        ['since', since(delivery)],
      ]),
    examples: ['goji letters get dlv_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

export const lettersEventsCommand = (): Command =>
  entriesCommand({
    description: "Show what happened to one notice or reminder: the entries of its bill's log that are about it.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/deliveries/{id}/events', { path: { id }, limit }),
    examples: ['goji letters events dlv_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji letters events dlv_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

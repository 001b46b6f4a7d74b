import { Command, Option } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { DELIVERY_STATES } from '../../domain/states/delivery.ts'
import { examples, type Flags, whole, withEngine, withOutput } from '../options.ts'
import { print, printJson, table } from '../output.ts'
import { needEngine } from '../settings.ts'

type Delivery = Schemas['ListedDelivery']
interface ListFlags {
  readonly state?: Delivery['state']
  readonly channel?: string
  readonly bill?: string
  readonly limit: number
}

export const lettersListCommand = (): Command =>
  withOutput(withEngine(new Command('list')))
    .description('List notices and reminders on any channel, the newest first.')
    .addOption(new Option('--state <state>', 'where a delivery stands').choices(DELIVERY_STATES))
    .option('--channel <name>', 'only one channel')
    .option('--bill <id>', 'only one bill')
    .option('--limit <rows>', 'how many at most', whole(1, 100_000), 20)
    .addHelpText('after', examples('goji letters list --state returned', 'goji letters list --channel app -o json'))
    .action(async (flags: Flags<ListFlags>) => {
      const { state, channel, bill, limit } = flags
      const rows: Delivery[] = []
      for await (const row of new Goji(needEngine(flags)).list('/v1/deliveries', { query: { state, channel, bill } })) {
        rows.push(row)
        if (rows.length === limit) break
      }
      if (flags.output === 'json') printJson(rows)
      else print(deliveriesTable(rows))
    })

const deliveriesTable = (rows: readonly Delivery[]): string =>
  table(rows, [
    { title: 'id', value: ({ id }) => id },
    { title: 'bill', value: ({ bill }) => bill.number },
    { title: 'key', value: ({ key }) => key },
    { title: 'state', value: ({ state, returnReason }) => (returnReason === null ? state : `${state}: ${returnReason}`) },
    {
      title: 'since',
      value: ({ endedAt, readAt, deliveredAt, acceptedAt, attemptedAt }) => endedAt ?? readAt ?? deliveredAt ?? acceptedAt ?? attemptedAt,
    },
  ])

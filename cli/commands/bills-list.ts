import { Command, Option } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { BILL_STATUSES, type BillStatus } from '../../domain/states/bill.ts'
import { money } from '../money.ts'
import { examples, type Flags, whole, withEngine, withOutput } from '../options.ts'
import { print, printJson, table } from '../output.ts'
import { needEngine } from '../settings.ts'

interface ListFlags {
  readonly status?: BillStatus
  readonly number?: string
  readonly citizen?: string
  readonly institution?: string
  readonly overdue?: boolean
  readonly limit: number
}

export const billsListCommand = (): Command =>
  withOutput(withEngine(new Command('list')))
    .description('List bills, the newest first.')
    .addOption(new Option('--status <status>', 'where a bill stands').choices(BILL_STATUSES))
    .option('--number <number>', "the institution's own number of the bill")
    .option('--citizen <identifier>', 'bills of one person, by the identifier that they came with')
    .option('--institution <id>', 'bills of one institution')
    .option('--overdue', 'past the due date with something left to pay')
    .option('--limit <rows>', 'how many at most', whole(1, 100_000), 20)
    .addHelpText(
      'after',
      examples('goji bills list', 'goji bills list --status overdue --limit 100', 'goji bills list --citizen P-001 -o json'),
    )
    .action(async (flags: Flags<ListFlags>) => {
      const client = new Goji(needEngine(flags))
      const rows = await readRows(client, flags)
      if (flags.output === 'json') printJson(rows)
      else print(billsTable(rows))
    })

function readRows(client: Goji, { status, number, citizen, institution, overdue, limit }: ListFlags): Promise<Schemas['BillSummary'][]> {
  const query = { status, billNumber: number, citizenIdentifier: citizen, institution, overdue: overdue ? ('true' as const) : undefined }
  return client.rows('/v1/bills', { query, limit })
}

const billsTable = (rows: readonly Schemas['BillSummary'][]): string =>
  table(rows, [
    { title: 'id', value: ({ id }) => id },
    { title: 'number', value: ({ billNumber }) => billNumber },
    { title: 'title', value: ({ title }) => title },
    { title: 'status', value: ({ status }) => status },
    { title: 'owed', value: ({ asksMoney, amounts }) => (asksMoney ? money(amounts.owed) : '-'), right: true },
    { title: 'due', value: ({ dueAt }) => dueAt ?? '-' },
  ])

import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { entriesCommand } from '../shape/entries-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { listCommand } from '../shape/list-command.ts'

type Excess = Schemas['Excess']

const ID = ['id', 'the kept money, such as exs_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

const list = (): Command =>
  listCommand<Excess, { readonly kind?: 'held' | 'credit'; readonly open?: boolean; readonly bill?: string }>({
    description: 'List money that no bill could take and that was kept, the newest first.',
    filters: (command) =>
      command
        .addOption(new Option('--kind <kind>', 'held waits for a decision, credit for the next bill').choices(['held', 'credit']))
        .option('--open', 'with something left')
        .option('--bill <id>', 'that came from one bill, or paid it'),
    rows: (goji, { kind, open, bill, limit }) =>
      goji.list('/v1/excesses', { query: { kind, bill, open: open ? ('true' as const) : undefined }, limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'amount', value: ({ amount }) => money(amount), right: true },
      { title: 'left', value: ({ left }) => money(left), right: true },
      { title: 'bill', value: ({ billId }) => billId },
      { title: 'owner', value: ({ owner }) => owner ?? '-' },
      { title: 'since', value: ({ at }) => at },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji excesses list --kind held --open'],
  })

const text = ({ id, kind, amount, left, billId, paymentId, owner, at, uses }: Excess): string =>
  facts([
    ['kept money', id],
    ['kind', kind],
    ['amount', `${money(amount)}, of which ${money(left)} are left`],
    ['bill', billId],
    ['payment', paymentId],
    ['owner', owner ?? '-'],
    ['since', at],
    ...uses.map((use): [string, string] => ['used', `${money(use.amount)} for ${use.billId ?? use.refundId ?? '-'}, ${use.at}`]),
  ])

const get = (): Command =>
  getCommand({
    description: 'Show kept money: where it came from, and what became of it.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/excesses/{id}', { path: { id } }),
    text,
    examples: ['goji excesses get exs_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

const events = (): Command =>
  entriesCommand({
    description: "Show what happened to kept money: the entries of bills' logs that are about it and its refunds.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/excesses/{id}/events', { path: { id }, limit }),
    examples: ['goji excesses events exs_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji excesses events exs_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

const refund = (): Command =>
  doCommand<Excess>({
    name: 'refund',
    description: 'Give all that is left of kept money back to the citizen.',
    arguments: [ID],
    work: (goji, _flags, id = '') => goji.post('/v1/excesses/{id}/refund', { path: { id }, body: {} }),
    text,
    examples: ['goji excesses refund exs_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

const allocate = (): Command =>
  doCommand<Excess>({
    name: 'allocate',
    description: 'Give kept money to an open bill of the same citizen, as far as it owes something.',
    arguments: [ID, ['bill', 'the bill that takes it']],
    work: (goji, _flags, id = '', billId = '') => goji.post('/v1/excesses/{id}/allocate', { path: { id }, body: { billId } }),
    text,
    examples: ['goji excesses allocate exs_01hfz3k9q4m7v2x8c5t6w0r3en bill_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

export const excessCommands = (): Command[] => [list(), get(), events(), refund(), allocate()]

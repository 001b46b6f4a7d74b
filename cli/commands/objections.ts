import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { OBJECTION_STATES, type ObjectionState } from '../../domain/states/objection.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { entriesCommand } from '../shape/entries-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { listCommand } from '../shape/list-command.ts'

const ID = ['id', 'the objection, such as obj_01hfz3k9q4m7v2x8c5t6w0r3en'] as const
const EXAMPLE = 'obj_01hfz3k9q4m7v2x8c5t6w0r3en'
const OUTCOMES = ['upheld', 'partly', 'dismissed', 'withdrawn'] as const

interface Filters {
  readonly state?: ObjectionState
  readonly bill?: string
}

const list = (): Command =>
  listCommand<Schemas['ObjectionSummary'], Filters>({
    description: 'List objections, the newest first.',
    filters: (command) =>
      command
        .addOption(new Option('--state <state>', 'filed are those that wait for a decision').choices(OBJECTION_STATES))
        .option('--bill <id>', 'those to one bill'),
    rows: (goji, { state, bill, limit }) => goji.list('/v1/objections', { query: { state, bill }, limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'bill', value: ({ bill, billNumber }) => `${bill} (${billNumber})` },
      { title: 'state', value: ({ state }) => state },
      { title: 'received', value: ({ receivedAt }) => receivedAt },
      { title: 'decided', value: ({ decidedAt }) => decidedAt ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji objections list --state filed'],
  })

const text = ({ id, bill, billNumber, state, receivedAt, reason, amount, decidedAt, text: words }: Schemas['Objection']): string =>
  facts([
    ['objection', id],
    ['bill', `${bill} (${billNumber})`],
    ['state', state],
    ['received', receivedAt],
    ['words', words ?? 'erased'],
    ...(decidedAt === null ? [] : [['decided', `${decidedAt}${reason === null ? '' : `: ${reason}`}`] as [string, string]]),
    ...(amount === null ? [] : [['amount', money(amount)] as [string, string]]),
  ])

const get = (): Command =>
  getCommand({
    description: "Show an objection with the citizen's own words.",
    argument: ID,
    read: (goji, id) => goji.get('/v1/objections/{id}', { path: { id } }),
    text,
    examples: [`goji objections get ${EXAMPLE}`],
  })

const events = (): Command =>
  entriesCommand({
    description: "Show what happened to an objection: the entries of its bill's log that are about it.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/objections/{id}/events', { path: { id }, limit }),
    examples: ['goji objections events obj_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji objections events obj_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

interface DecideFlags {
  readonly outcome: (typeof OUTCOMES)[number]
  readonly reason: string
  readonly amount?: string
}

const decide = (): Command =>
  doCommand<Schemas['Objection'], DecideFlags>({
    name: 'decide',
    description: 'Decide an objection: the bill is cancelled, lowered or left as it is, and its clocks go on with the time that was left.',
    arguments: [ID],
    options: (command) =>
      command
        .addOption(new Option('--outcome <outcome>', 'what is decided').choices(OUTCOMES).makeOptionMandatory())
        .requiredOption('--reason <text>', "why, kept in the bill's log for good: no personal data")
        .option('--amount <amount>', 'with partly: what the bill asks for from now on, in its own currency'),
    work: async (goji, { outcome, reason, amount }, id = '') => {
      if ((outcome === 'partly') !== (amount !== undefined))
        throw invalid('amount_missing', 'An objection that is upheld in part needs --amount; any other takes none.')
      if (amount === undefined) return goji.post('/v1/objections/{id}/decide', { path: { id }, body: { outcome, reason } })
      const { bill } = await goji.get('/v1/objections/{id}', { path: { id } })
      const { currency } = (await goji.get('/v1/bills/{id}', { path: { id: bill } })).amounts.charged
      return goji.post('/v1/objections/{id}/decide', { path: { id }, body: { outcome, reason, amount: { amount, currency } } })
    },
    text,
    examples: [`goji objections decide ${EXAMPLE} --outcome dismissed --reason 'The sale was not registered'`],
  })

export const objectionCommands = (): Command[] => [list(), get(), events(), decide()]

import { Command, Option } from 'commander'
import { type Goji, type Schemas } from '../../client/index.ts'
import { BATCH_STATES, type BatchState } from '../../domain/states/batch.ts'
import { ROW_STATES, type RowState } from '../../domain/states/batch-row.ts'
import { batchText, previewText } from '../batches/batch-text.ts'
import { downloadFile } from '../batches/file-transfer.ts'
import { followBatch } from '../batches/follow.ts'
import { money } from '../money.ts'
import { examples, withEngine } from '../options.ts'
import { type EngineFlags, needEngine } from '../settings.ts'
import { doCommand } from '../shape/do-command.ts'
import { eventsCommand } from '../shape/events-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { listCommand } from '../shape/list-command.ts'
import { untilStopped } from '../shape/watch.ts'
import { batchesCreateCommand } from './batches-create.ts'

const ID = ['id', 'the batch, such as bat_01hfz3k9q4m7v2x8c5t6w0r3en'] as const
const SAMPLE = 'bat_01hfz3k9q4m7v2x8c5t6w0r3en'

const list = (): Command =>
  listCommand<Schemas['Batch'], { readonly state?: BatchState }>({
    description: 'List batches, the newest first.',
    filters: (command) => command.addOption(new Option('--state <state>', 'where a batch stands').choices(BATCH_STATES)),
    rows: (goji, { state, limit }) => goji.list('/v1/batches', { query: { state }, limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'name', value: ({ name }) => name },
      { title: 'state', value: ({ state }) => state },
      { title: 'rows', value: ({ rows }) => String(rows), right: true },
      { title: 'invalid', value: ({ counts }) => String(counts.invalid), right: true },
      { title: 'issued', value: ({ counts }) => String(counts.issued), right: true },
      { title: 'failed', value: ({ counts }) => String(counts.failed), right: true },
      { title: 'created', value: ({ createdAt }) => createdAt },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji batches list', 'goji batches list --state issuing --watch'],
  })

const get = (): Command =>
  getCommand({
    description: 'Show a batch: where it stands, and how many of its rows are in which state.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/batches/{id}', { path: { id } }),
    text: batchText,
    examples: [`goji batches get ${SAMPLE}`],
  })

const preview = (): Command =>
  getCommand({
    name: 'preview',
    description: 'Show what a batch would do if it were issued now: nothing is issued.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/batches/{id}/preview', { path: { id } }),
    text: previewText,
    examples: [`goji batches preview ${SAMPLE}`],
  })

const rows = (): Command =>
  listCommand<Schemas['BatchRow'], { readonly state?: RowState }>({
    name: 'rows',
    description: "List the rows of a batch in the file's order, with what is wrong with them or with their bills.",
    argument: ID,
    filters: (command) => command.addOption(new Option('--state <state>', 'where a row stands').choices(ROW_STATES)),
    rows: (goji, { state, limit }, id) => goji.list('/v1/batches/{id}/rows', { path: { id }, query: { state }, limit }),
    columns: [
      { title: 'row', value: ({ row }) => String(row), right: true },
      { title: 'number', value: ({ billNumber }) => billNumber ?? '-' },
      { title: 'state', value: ({ state }) => state },
      { title: 'amount', value: ({ amount }) => (amount === null ? '-' : money(amount)), right: true },
      { title: 'bill', value: ({ bill, billStatus }) => (bill === null ? '-' : `${bill} ${billStatus}`) },
      { title: 'problems', value: ({ problems }) => problems.map(({ column, message }) => `${column}: ${message}`).join(' ') || '-' },
    ],
    keyOf: ({ row }) => String(row),
    examples: [`goji batches rows ${SAMPLE} --state invalid`],
  })

const events = (): Command =>
  eventsCommand({
    description: 'Show what happened to a batch.',
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/batches/{id}/events', { path: { id }, limit }),
    examples: [`goji batches events ${SAMPLE}`],
  })

const watch = (): Command =>
  doCommand<Schemas['Batch']>({
    name: 'watch',
    description: 'Follow a batch until every row has had its turn, or somebody pauses it: a bar on a terminal, lines elsewhere.',
    arguments: [ID],
    work: (goji, _flags, id = '') => untilStoppedHere((signal) => followBatch(goji, id, signal)),
    text: batchText,
    examples: [`goji batches watch ${SAMPLE}`],
  })

/** The client's own signal ends its requests; the waits in between end with the process. */
const untilStoppedHere = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => work(new AbortController().signal)

const issue = (): Command =>
  doCommand<Schemas['Batch'], { readonly skipInvalid?: boolean }>({
    name: 'issue',
    description: 'Issue the bills of a batch.',
    arguments: [ID],
    options: (command) => command.option('--skip-invalid', 'leave out rows that were refused'),
    work: (goji, { skipInvalid }, id = '') =>
      goji.post('/v1/batches/{id}/issue', { path: { id }, body: { invalidRows: skipInvalid ? 'skip' : 'refuse' } }),
    text: batchText,
    examples: [`goji batches issue ${SAMPLE}`],
  })

type Verb = 'pause' | 'resume' | 'cancel' | 'rerun' | 'undo'

const order = (verb: Verb, description: string): Command =>
  doCommand<Schemas['Batch'], { readonly reason: string }>({
    name: verb,
    description,
    arguments: [ID],
    options: (command) => command.requiredOption('--reason <words>', 'kept in the log for good: no personal data'),
    work: (goji, { reason }, id = '') => post(goji, verb, id, reason),
    text: batchText,
    examples: [`goji batches ${verb} ${SAMPLE} --reason "The amounts are being checked"`],
  })

function post(goji: Goji, verb: Verb, id: string, reason: string): Promise<Schemas['Batch']> {
  // A batch may be paused and resumed any number of times for the same reason.
  const input = { path: { id }, body: { reason }, occasion: new Date().toISOString() }
  return goji.post(`/v1/batches/{id}/${verb}`, input)
}

const results = (): Command =>
  withEngine(new Command('results'))
    .description('Write what became of each row into a CSV file.')
    .argument(`<${ID[0]}>`, ID[1])
    .requiredOption('-o, --output <file>', 'where to')
    .addHelpText('after', examples(`goji batches results ${SAMPLE} -o results.csv`))
    .action((id: string, flags: EngineFlags & { readonly output: string }) =>
      untilStopped((signal) => downloadFile(needEngine(flags), `/v1/batches/${encodeURIComponent(id)}/results.csv`, flags.output, signal)),
    )

export const batchCommands = (): Command[] => [
  batchesCreateCommand(),
  list(),
  get(),
  preview(),
  rows(),
  events(),
  issue(),
  watch(),
  order('pause', 'Let no further row become a bill until the batch is resumed.'),
  order('resume', 'Go on where a batch was paused.'),
  order('cancel', 'Let no further row become a bill, for good; bills that are there stay.'),
  order('rerun', 'Give rows that failed another turn.'),
  order('undo', 'Cancel every bill of a wrong batch that nobody has paid any of.'),
  results(),
]

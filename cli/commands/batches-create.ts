import { Command, Option } from 'commander'
import type { Reading } from '../../batches/reading.ts'
import { openTable, type TableFile } from '../../batches/table-file.ts'
import { Goji, type Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { batchText, previewText, problemLines } from '../batches/batch-text.ts'
import { uploadFile } from '../batches/file-transfer.ts'
import { followBatch } from '../batches/follow.ts'
import { readBatchMapping } from '../batches/mapping-file.ts'
import { createProgress } from '../batches/progress.ts'
import { EXIT } from '../exit-codes.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'
import { untilStopped } from '../shape/watch.ts'

interface CreateFlags {
  readonly mapping?: string
  readonly mappingName?: string
  readonly name?: string
  readonly dryRun?: boolean
  readonly issue?: boolean
  readonly skipInvalid?: boolean
  readonly watch?: boolean
}

type HowToRead = { readonly mapping: Reading } | { readonly mappingName: string }

export const batchesCreateCommand = (): Command =>
  withOutput(withEngine(new Command('create')))
    .description(
      'Upload a file of bills and say of every row whether it is valid. Nothing is issued unless --issue says so.\n' +
        'The key has to be one of the institution that the bills are of.',
    )
    .argument('<file>', 'CSV or Excel workbook, one bill a row')
    .option('--mapping <file>', 'JSON that says what the columns mean (docs/mapping.md)')
    .addOption(new Option('--mapping-name <name>', 'a mapping that the institution has stored (goji mappings)').conflicts('mapping'))
    .option('--name <name>', 'what people call the batch; the name of the file where nothing is said')
    .option('--dry-run', 'show what the batch would do and cancel it')
    .option('--issue', 'issue the bills at once where every row is valid')
    .option('--skip-invalid', 'with --issue: leave out rows that were refused')
    .option('-w, --watch', 'with --issue: follow it to its end')
    .addHelpText(
      'after',
      examples(
        'goji batches create tax.csv --mapping tax.json --dry-run',
        'goji batches create tax.xlsx --mapping-name vehicle-tax --issue --watch',
      ),
    )
    .action((file: string, flags: Flags<CreateFlags>) =>
      untilStopped(async (signal) => {
        const how = await howToRead(flags)
        // Before anything is made: a file that is not there must leave no batch behind.
        const table = await openTable(file)
        try {
          await create(table, how, flags, signal)
        } finally {
          await table.handle.close()
        }
      }),
    )

/** What `POST /v1/batches` is told of it. @throws GojiError `mapping_needed`, and as `readBatchMapping` does. */
async function howToRead({ mapping, mappingName }: CreateFlags): Promise<HowToRead> {
  if (mappingName !== undefined) return { mappingName }
  if (mapping !== undefined) return { mapping: await readBatchMapping(mapping) }
  throw invalid('mapping_needed', 'Say how the file is read: --mapping <file>, or --mapping-name <name> for one that is stored.')
}

async function create(table: TableFile, how: HowToRead, flags: Flags<CreateFlags>, signal: AbortSignal): Promise<void> {
  const engine = needEngine(flags)
  const goji = new Goji({ ...engine, signal })
  const name = flags.name ?? table.name
  // Each call makes a batch of its own: the same file may be loaded for another purpose.
  const made = await goji.post('/v1/batches', { body: { name, ...how }, occasion: new Date().toISOString() })
  const uploaded = await upload(engine, made.id, table, signal)
  if (flags.dryRun) return dryRun(goji, made.id, flags)
  const batch = flags.issue ? await issue(goji, uploaded, flags, signal) : uploaded
  if (flags.output === 'json') return printJson(batch)
  print(batchText(batch))
  if (batch.counts.invalid > 0) {
    const rows = await goji.rows('/v1/batches/{id}/rows', { path: { id: batch.id }, query: { state: 'invalid' }, limit: 20 })
    print(`\nRefused rows, the first of them:\n${problemLines(rows).join('\n')}\n\nAll: goji batches results ${batch.id} -o results.csv`)
  }
}

async function upload(
  engine: Parameters<typeof uploadFile>[0],
  id: string,
  table: TableFile,
  signal: AbortSignal,
): Promise<Schemas['Batch']> {
  const progress = createProgress(process.stderr)
  try {
    return await uploadFile(engine, id, table, { signal, onBytes: (sent, all) => progress.update('bytes sent', sent, all) })
  } finally {
    progress.stop()
  }
}

async function issue(goji: Goji, { id, counts }: Schemas['Batch'], flags: CreateFlags, signal: AbortSignal): Promise<Schemas['Batch']> {
  if (counts.invalid > 0 && !flags.skipInvalid) process.exitCode = EXIT.refused
  else {
    const issued = await goji.post('/v1/batches/{id}/issue', { path: { id }, body: { invalidRows: flags.skipInvalid ? 'skip' : 'refuse' } })
    return flags.watch ? followBatch(goji, id, signal) : issued
  }
  return goji.get('/v1/batches/{id}', { path: { id } })
}

/** Nothing of a dry run stays to be issued by mistake. */
async function dryRun(goji: Goji, id: string, { output }: Pick<Flags, 'output'>): Promise<void> {
  try {
    const preview = await goji.get('/v1/batches/{id}/preview', { path: { id } })
    if (output === 'json') printJson(preview)
    else print(previewText(preview))
    if (preview.invalid > 0) process.exitCode = EXIT.refused
  } finally {
    await goji.post('/v1/batches/{id}/cancel', { path: { id }, body: { reason: 'It was a dry run' } })
  }
}

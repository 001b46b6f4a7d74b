import { resolve } from 'node:path'
import { Command } from 'commander'
import { loadDrivers } from '../../composition/simulators.ts'
import { invalid } from '../../domain/errors.ts'
import type { Engine } from '../engine.ts'
import { announceEngine, localStack, neededSimulators } from '../local-stack.ts'
import { examples, whole } from '../options.ts'
import { print, printJson } from '../output.ts'
import { checkFile } from '../run/check-file.ts'
import { keepSettled } from '../run/keep-settled.ts'
import { loadOnly } from '../run/load-only.ts'
import { type PlayedReport, playBills, type PlayOptions } from '../run/play.ts'
import { createRunProgress } from '../run/progress.ts'
import { readMapping } from '../run/read-mapping.ts'
import { reportText } from '../run/report.ts'
import { DATA_FOLDER, ROOT } from '../settings.ts'
import { createProgress } from '../stack/progress.ts'
import { runStack } from '../stack/run.ts'
import { welcomeText } from '../welcome.ts'
import { SEED, SEED_MAX } from './run.ts'

interface UpFlags {
  readonly fresh?: boolean
  readonly once?: boolean
  readonly json?: boolean
  readonly with: readonly string[]
  readonly data: string
  readonly seed: number
}

/** Five invented institutions and their bills. */
const EXAMPLES = { file: resolve(ROOT, 'examples/korea/bills.csv'), mapping: resolve(ROOT, 'examples/korea/mapping.json') }

export const upCommand = (): Command =>
  new Command('up')
    .description('Start everything on this machine, load the example institutions and print where to look. Ctrl-C stops all of it.')
    .option('--fresh', 'forget what earlier starts left in the data folder')
    .option('--once', 'let simulated citizens act, wait until every bill is final, print the report and stop')
    .option('--json', 'with --once: print the report as JSON, in one line')
    .option('--with <names...>', 'simulators of providers that start only on request, such as those of a new channel', [])
    .option('--data <folder>', 'where databases, mails and keys are kept', DATA_FOLDER)
    .option('--seed <number>', 'with --once: what the citizens do is drawn from it', whole(0, SEED_MAX), SEED)
    .addHelpText('after', examples('goji up', 'goji up --fresh', 'goji up --once --json | tail -n 1'))
    .action(up)

async function up(flags: UpFlags, command: Command): Promise<void> {
  for (const name of ['json', 'seed']) {
    if (!flags.once && command.getOptionValueSource(name) === 'cli')
      throw invalid('option_alone', `--${name} is about the report of a run that ends: give it together with --once.`)
  }
  const dataDir = resolve(flags.data)
  const mapping = await readMapping(EXAMPLES.mapping)
  const input = { file: EXAMPLES.file, mapping, census: await checkFile(EXAMPLES.file, mapping), seed: flags.seed }
  let report: PlayedReport | undefined
  const simulators = [...(await neededSimulators(mapping)), ...flags.with]
  const local = localStack(dataDir, flags.fresh ?? false, createProgress(process.stderr), simulators)
  process.exitCode = await runStack(local, async (stack, signal) => {
    const engine = await announceEngine(stack, dataDir)
    const options = { ...input, engine, drivers: await loadDrivers(engine.simulators), progress: createRunProgress(process.stderr), signal }
    if (!flags.once) return await stay(options, engine)
    report = await playBills(options)
    return 'stop'
  })
  if (report === undefined) return
  if (flags.json) printJson(report)
  else print(`${reportText(report)} ${report.lives_per_second} lives per second.`)
}

async function stay(options: PlayOptions, engine: Engine): Promise<'stay'> {
  await loadOnly(options)
  void keepSettled(options)
  print(await welcomeText(options, engine))
  return 'stay'
}

import { Command } from 'commander'
import { loadDrivers } from '../../composition/simulators.ts'
import type { Engine } from '../engine.ts'
import { EXIT } from '../exit-codes.ts'
import { announceEngine, localStack, neededSimulators } from '../local-stack.ts'
import { examples, whole, withEngine } from '../options.ts'
import { print, printJson } from '../output.ts'
import { type Census, checkFile } from '../run/check-file.ts'
import type { Mapping } from '../run/mapping.ts'
import { type PlayedReport, playBills } from '../run/play.ts'
import { createRunProgress } from '../run/progress.ts'
import { readMapping } from '../run/read-mapping.ts'
import { reportText } from '../run/report.ts'
import { refuseSlowPolicies } from '../run/until-final.ts'
import { type EngineFlags, environment, findEngine, RUN_FOLDER } from '../settings.ts'
import { createProgress } from '../stack/progress.ts'
import { runStack } from '../stack/run.ts'
import { onStopSignals } from '../stack/stop-signals.ts'

interface RunFlags extends EngineFlags {
  readonly mapping: string
  readonly seed: number
  readonly json?: boolean
}

/** The seed that is used where none is given: a run can be repeated either way. */
export const SEED = 1
export const SEED_MAX = 2 ** 31 - 1

export const runCommand = (): Command =>
  withEngine(new Command('run'))
    .description(
      'Load a CSV file of bills through the public API, let simulated citizens act on them, reconcile, and print the report.\n' +
        'The whole file is checked before anything is sent. Without a running engine, a stack of its own is started and stopped.',
    )
    .argument('<file>', 'CSV in UTF-8, one bill a row')
    .requiredOption('--mapping <file>', 'JSON that says what the columns mean (docs/mapping.md)')
    .option('--seed <number>', 'what the citizens do is drawn from it, and is the same again for the same seed', whole(0, SEED_MAX), SEED)
    .option('--json', 'print the report as JSON, in one line')
    .addHelpText(
      'after',
      examples(
        'goji run bills-2021-01.csv --mapping examples/libraries-west/mapping.json',
        'goji run bills.csv --mapping mapping.json --seed 7 --json',
      ),
    )
    .action(run)

/** Reads the settings, the mapping and the whole file before anything is started or sent. */
async function run(file: string, flags: RunFlags): Promise<void> {
  const mapping = await readMapping(flags.mapping)
  const census = await checkFile(file, mapping)
  refuseSlowPolicies(mapping, census.policies)
  const input = { file, mapping, census, seed: flags.seed }
  const engine = await runningEngine(flags)
  if (mapping.source) console.error(`Source of the data: ${mapping.source.name}, ${mapping.source.licence}.`)
  const report = engine ? await onRunning(input, engine) : await onOwnStack(input)
  if (report === null) return
  if (flags.json) printJson(report)
  else print(`${reportText(report)} ${report.lives_per_second} lives per second.`)
}

interface Input {
  readonly file: string
  readonly mapping: Mapping
  readonly census: Census
  readonly seed: number
}

/** An engine that was named is used whatever its state; the one that "goji up" left behind only while it answers. */
async function runningEngine(flags: RunFlags): Promise<Engine | null> {
  const engine = findEngine(flags)
  if (engine === null || flags.url !== undefined || environment['GOJI_URL'] !== undefined) return engine
  const health = await fetch(`${engine.url}/healthz`, { signal: AbortSignal.timeout(3_000) }).catch(() => null)
  return health?.ok ? engine : null
}

/** The report, or null when it was stopped; then the exit code is set. */
async function onRunning(input: Input, engine: Engine): Promise<PlayedReport | null> {
  const progress = createRunProgress(process.stderr)
  const stop = onStopSignals((line) => progress.note(line))
  try {
    return await playBills({ ...input, engine, drivers: await loadDrivers(engine.simulators), progress, signal: stop.signal })
  } catch (error) {
    if (!stop.signal.aborted) throw error
    process.exitCode = stop.exitCode() ?? EXIT.failed
    return null
  } finally {
    stop.release()
  }
}

async function onOwnStack(input: Input): Promise<PlayedReport | null> {
  let report: PlayedReport | null = null
  const local = localStack(RUN_FOLDER, true, createProgress(process.stderr), await neededSimulators(input.mapping))
  process.exitCode = await runStack(local, async (stack, signal) => {
    const engine = await announceEngine(stack, RUN_FOLDER)
    const drivers = await loadDrivers(engine.simulators)
    report = await playBills({ ...input, engine, drivers, progress: createRunProgress(process.stderr), signal })
    return 'stop'
  })
  return report
}

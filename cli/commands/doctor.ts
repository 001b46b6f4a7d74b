import { Command } from 'commander'
import { ApiRefusal, Goji, NoAnswer, type Schemas } from '../../client/index.ts'
import { age, type Finding, ok, warning, wrong } from '../../composition/diagnosis/finding.ts'
import { diagnoseDisk } from '../../composition/diagnosis/disk.ts'
import { compareRuns, mend, mendedText } from '../doctor/runs.ts'
import type { Engine } from '../engine.ts'
import { Ended, EXIT } from '../exit-codes.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { DATA_FOLDER, needEngine } from '../settings.ts'
import { note, untilStopped } from '../shape/watch.ts'

const READY_PATIENCE_MS = 10_000
const CLOCK_LATE_MS = 5_000

type Diagnosis = Schemas['Diagnosis']

export const doctorCommand = (): Command =>
  withOutput(withEngine(new Command('doctor')))
    .description(
      'Look at the whole deployment and say for each finding what to do. Needs a key of the platform; ends with 1 when something is wrong.',
    )
    .option('--deep', 'verify the chain of every log, which takes a while')
    .option('--repair', 'have everything looked at now on which Temporal and the books do not agree, and every checkout under way')
    .option('--restored', 'the same, after the database was put back from an older copy: run it before the workers start')
    .addHelpText(
      'after',
      examples(
        'goji doctor',
        'goji doctor --deep',
        'goji doctor --repair',
        'goji doctor --restored',
        'goji doctor -o json | jq \'.findings[] | select(.health != "ok")\'',
      ),
    )
    .action((flags: Flags<{ readonly deep?: boolean; readonly repair?: boolean; readonly restored?: boolean }>) =>
      untilStopped(async (signal) => {
        const engine = needEngine(flags)
        if (flags.repair || flags.restored) {
          const repaired = await mend(new Goji({ ...engine, signal }), flags.restored ?? false)
          if (flags.output === 'json') printJson({ at: new Date().toISOString(), repaired })
          else print(mendedText(repaired))
          return
        }
        const findings = await look(engine, flags.deep ?? false, signal)
        const health = (['wrong', 'warning'] as const).find((one) => findings.some((finding) => finding.health === one)) ?? 'ok'
        if (flags.output === 'json') printJson({ at: new Date().toISOString(), health, findings })
        else print(findingsText(findings))
        if (health === 'wrong') throw new Ended(EXIT.failed)
      }),
    )

async function look(engine: Engine, deep: boolean, signal: AbortSignal): Promise<Finding[]> {
  const readiness = await askReady(engine, signal)
  if (readiness.some(({ check, health }) => check === 'api' && health === 'wrong')) return readiness
  const goji = new Goji({ ...engine, signal })
  const sent = Date.now()
  const diagnosis = await goji.get('/v1/diagnosis').catch(unlessAway)
  if (!('findings' in diagnosis)) return readiness
  const local = engine.addresses['database'] !== undefined || engine.simulators.length > 0
  return [
    ...readiness.filter(({ health, check }) => health !== 'ok' || check === 'api'),
    clock(diagnosis, sent, Date.now()),
    ...diagnosis.findings,
    ...(await compareRuns(goji).catch(unlessAway)),
    ...(local ? [await diagnoseDisk('dataFolder', DATA_FOLDER, 'the databases, mails and logs of the local stack')] : []),
    ...(deep ? [await verifyAll(goji)] : []),
  ]
}

/** What is out of service is found by other checks; a key that may not ask has to be told. */
function unlessAway(error: unknown): never[] {
  if (error instanceof NoAnswer || (error instanceof ApiRefusal && error.status >= 500)) return []
  throw error
}

/** Asked without a key and once: an engine that is away is what is looked for. */
async function askReady({ url }: Engine, signal: AbortSignal): Promise<Finding[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(READY_PATIENCE_MS)])
  try {
    const { status, dependencies } = (await (await fetch(`${url}/readyz`, { signal: limit })).json()) as Schemas['Readiness']
    const { database, engine } = dependencies
    return [
      ok('api', `The API answers at ${url} and is ${status}.`),
      database === 'up'
        ? ok('database', 'The API reaches the database.')
        : wrong('database', 'The API does not reach the database.', 'Start it, or correct DATABASE_URL.'),
      engine === 'up'
        ? ok('temporal', 'The API reaches Temporal.')
        : wrong('temporal', 'The API does not reach Temporal.', 'Start it, or correct TEMPORAL_ADDRESS.'),
    ]
  } catch (error) {
    signal.throwIfAborted()
    const code = ((error as Error).cause as { code?: string } | undefined)?.code ?? (error as Error).name
    return [
      wrong(
        'api',
        `No Goji API answers at ${url} (${code}).`,
        'Start the API ("npm start" on your own machine), or name another address with --url.',
      ),
    ]
  }
}

function clock({ at }: Diagnosis, sent: number, received: number): Finding {
  const difference = Math.abs(Date.parse(at) - (sent + received) / 2)
  // The answer may have been made at any time in between.
  const apart = Math.max(0, difference - (received - sent) / 2)
  return apart > CLOCK_LATE_MS
    ? warning('clockHere', `The clocks of this machine and the API are ${age(apart)} apart.`, 'Let both follow the same time servers.')
    : ok('clockHere', 'The clocks of this machine and the API agree.')
}

async function verifyAll(goji: Goji): Promise<Finding> {
  let [logs, entries] = [0, 0]
  const flaws: Schemas['LogVerification']['flaws'] = []
  let cursor: string | undefined
  do {
    const page: Schemas['LogVerification'] = await goji.get('/v1/diagnosis/logs', { query: { limit: 100, cursor } })
    logs += page.logs
    entries += page.entries
    flaws.push(...page.flaws)
    if (logs % 5_000 === 0 && page.nextCursor !== null) note(`${logs} logs verified.`)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  if (flaws.length === 0) return ok('allLogs', `All ${logs} logs verify, ${entries} entries.`)
  const named = flaws.slice(0, 10).map(({ subject, seq, flaw }) => `${subject} number ${seq}: ${flaw}`)
  return wrong(
    'allLogs',
    `${flaws.length} entries do not verify: ${named.join('; ')}.`,
    'Keep the database as it is, and compare with the anchors: docs/runbook.md says how.',
  )
}

const MARKS = { ok: 'ok', warning: 'WARNING', wrong: 'WRONG' } as const

function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, health, found, remedy }) => [
    `${MARKS[health].padEnd(7)}  ${check.padEnd(width)}  ${found}`,
    ...(remedy === null ? [] : [`${''.padEnd(9 + width)}  → ${remedy}`]),
  ])
  const count = (health: Finding['health']): number => findings.filter((finding) => finding.health === health).length
  return `${lines.join('\n')}\n\n${count('ok')} of ${findings.length} are well, ${count('warning')} to be looked at, ${count('wrong')} wrong.`
}

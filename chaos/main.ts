import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../cli/settings.ts'
import type { Fault } from './faults/fault.ts'
import { FAULTS, faultsNamed } from './faults/index.ts'
import { type Canary, CANARIES, type Result, runChaos } from './run.ts'
import { makeRunFolder, removeRunFolder } from './run-folder.ts'
import { scheduleOf } from './schedule.ts'

const HELP = `npm run chaos -- --seed S --minutes M [--faults F1,F7] [options]

Starts the whole stack on ports of its own in a folder of its own, lets institutions and citizens work with it while
faults are injected that the seed draws, heals everything, waits until it is quiet, and holds the books against what the
gateway, the mail server, the institutions and the load itself wrote down. The last line is one JSON object; every count
in it has to be zero.

  --seed S         names the schedule: the same seed, minutes and faults give the same one  (1)
  --seeds A,B,…    several runs, one after the other
  --minutes M      how long load and faults last; may be a fraction                          (1)
  --faults F1,…    these faults only; each comes at least once                               (all that this machine can)
  --rate R         citizens that come in a second                                            (0.8)
  --canary NAME    takes a safeguard away, so that the run has to fail: ${CANARIES.join(', ')}
  --sweep off      without the relay of what was left behind
  --out FOLDER     one file of JSON per seed; seeds that have one of this commit are skipped
  --dry-run        prints the schedule and starts nothing
  --list           prints the faults

Exit code: 0 all counts are zero, 1 something was found (the folder of the run is kept), 2 a fault that was asked for
never happened, so that the run says nothing about it. docs/chaos.md says how to read a result.`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    faults: { type: 'string' },
    rate: { type: 'string', default: '0.8' },
    canary: { type: 'string' },
    sweep: { type: 'string', default: 'on' },
    out: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const started = performance.now()
const say = (line: string): void =>
  void process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}\n`)

const seeds = (values.seeds ?? values.seed).split(',').map(Number)
const minutes = Number(values.minutes)
const rate = Number(values.rate)
const canary = values.canary as Canary | undefined
if (!seeds.every(Number.isSafeInteger) || !(minutes > 0) || !(rate > 0))
  throw new Error('A seed is a whole number; minutes and rate are above zero.')
if (canary !== undefined && !CANARIES.includes(canary)) throw new Error(`A canary is one of: ${CANARIES.join(', ')}.`)
if (values.sweep !== 'on' && values.sweep !== 'off') throw new Error('--sweep is on or off.')
const sweep = values.sweep

const faults = values.faults === undefined ? possible() : faultsNamed(values.faults.split(','))
const commit = execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'], {
  cwd: ROOT,
  encoding: 'utf8',
}).trim()

if (values.help) console.log(HELP)
else if (values.list) for (const { id, about } of FAULTS) console.log(`${id.padEnd(4)} ${about}`)
else if (values['dry-run']) for (const seed of seeds) printSchedule(seed)
else {
  // Handled, so that what has to be tidied at the exit is.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  process.exitCode = await runAll()
}

function possible(): Fault[] {
  return FAULTS.filter(({ id, impossible }) => {
    const reason = impossible?.() ?? null
    if (reason !== null) say(`${id} is left out: ${reason}`)
    return reason === null
  })
}

function printSchedule(seed: number): void {
  for (const { fault, at, lasts } of scheduleOf(seed, minutes * 60_000, faults)) {
    const about = FAULTS.find(({ id }) => id === fault)?.about ?? ''
    console.log(
      `seed ${seed}  ${(at / 1000).toFixed(1).padStart(7)} s  ${fault.padEnd(4)} for ${(lasts / 1000).toFixed(1).padStart(5)} s  ${about}`,
    )
  }
}

async function runAll(): Promise<number> {
  let worst = 0
  for (const seed of seeds) {
    const file = values.out === undefined ? undefined : join(values.out, `${commit.slice(0, 12)}-seed-${seed}.json`)
    if (file !== undefined && existsSync(file)) {
      say(`seed ${seed} has its result: ${file}`)
      continue
    }
    worst = Math.max(worst, await runOne(seed, file))
  }
  return worst
}

async function runOne(seed: number, file: string | undefined): Promise<number> {
  const folder = makeRunFolder()
  say(`seed ${seed}, commit ${commit}, in ${folder}`)
  const result = await runChaos({
    seed,
    minutes,
    faults,
    rate,
    canary,
    sweep,
    folder,
    environment: process.env,
    say,
  }).catch((error: unknown) => {
    say(`the run failed; its folder is kept: ${folder}`)
    throw error
  })
  const code = exitCodeOf(result)
  if (code === 0) removeRunFolder(folder)
  else say(`the folder of the run is kept: ${folder}`)
  if (result.missing.length > 0) say(`the run is void for ${result.missing.join(', ')}: never injected`)
  const line = JSON.stringify({ seed, commit, minutes, ...(canary === undefined ? {} : { canary }), sweep, ...result })
  if (file !== undefined) {
    mkdirSync(values.out ?? '', { recursive: true })
    writeFileSync(file, `${line}\n`)
  }
  console.log(line)
  return code
}

function exitCodeOf({ lost, duplicated, phantom, stuck, unresolved, acked_missing, refused_present, missing }: Result): number {
  if (lost + duplicated + phantom + stuck + unresolved + acked_missing + refused_present > 0) return 1
  return missing.length > 0 ? 2 : 0
}

import { join } from 'node:path'
import { systemClock } from '../composition/clock.ts'
import { connect } from '../store/connection.ts'
import { insertApiKey } from '../store/keys/insert-api-key.ts'
import { transaction } from '../store/unit/transaction.ts'
import { check, type Finding } from '../test/checker/check.ts'
import { calmDown, heal, RECOVERY_MS } from './calm-down.ts'
import { mountSmallDisk, unmountSmallDisk } from './faults/disk.ts'
import { Disturbances } from './faults/disturbances.ts'
import type { Fault, World } from './faults/fault.ts'
import { injectAll } from './inject.ts'
import { Caller } from './load/caller.ts'
import { LoadJournal, readLoadJournal } from './load/journal.ts'
import { Load } from './load/load.ts'
import { MAIL } from './load/policy.ts'
import { Receiver } from './load/receiver.ts'
import { makeInstitutions } from './prepare.ts'
import { untilRecovered } from './quiet.ts'
import { scheduleOf } from './schedule.ts'
import { type ChaosStack, type Main, startChaosStack } from './stack/stack.ts'
import { openBooks } from './verdict/books.ts'
import { checkAuthorized, checkEvents } from './verdict/check-outside.ts'
import { checkLoad } from './verdict/check-load.ts'
import { checkProcesses } from './verdict/check-processes.ts'
import { type Counts, countAll, countOf } from './verdict/counts.ts'

/** A safeguard that is taken away, to see whether the run notices. */
export const CANARIES = ['deduplication', 'attempt-record', 'ask-before-expire'] as const
export type Canary = (typeof CANARIES)[number]

export interface RunOptions {
  readonly seed: number
  readonly minutes: number
  readonly faults: readonly Fault[]
  readonly rate: number
  readonly canary: Canary | undefined
  readonly sweep: 'on' | 'off'
  /** An empty folder, which the database’s user can enter. */
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  readonly say: (line: string) => void
}

export interface Result extends Counts {
  readonly recovery_s: number
  /** How often each has really happened. */
  readonly faults: Readonly<Record<string, number>>
  readonly bills: number
  readonly payments: number
  readonly findings: readonly string[]
  /** Faults that were asked for and did not happen: the run says nothing about them. */
  readonly missing: readonly string[]
}

const COUNTS_EVERY_MS = 10_000
/** A cold or busy machine may need this long for its first payment. */
const WARM_MS = 180_000

/** Seconds of the shortest clock of the load's policy: a whole life of a bill is about ten of them, and more where somebody begins to pay. */
export const unitOf = (minutes: number): number => Math.min(8, Math.max(3, (minutes * 60) / 12))

/** One run: load and faults, then everything healed, then quiet, then the checker. */
export async function runChaos(options: RunOptions): Promise<Result> {
  const { folder, say, canary } = options
  const needsDisk = options.faults.some(({ id }) => id === 'F12')
  const disk = join(folder, 'postgres')
  const stack = await startChaosStack({
    ...options,
    channel: MAIL,
    worker: canary === undefined || canary === 'deduplication' ? { file: 'workers/main.ts' } : without('worker', canary),
    api: canary === 'deduplication' ? without('api', canary) : { file: 'api/main.ts' },
    prepareDisk: needsDisk ? mountSmallDisk : () => undefined,
  })
  const receiver = new Receiver()
  let clean = false
  try {
    const result = await play(options, stack, receiver)
    clean = result.findings.length === 0
    return result
  } finally {
    say('stopping')
    await receiver.stop()
    await stack.stop()
    if (needsDisk) unmountSmallDisk(disk, !clean)
  }
}

const without = (name: string, canary: Canary): Main => ({ file: `chaos/processes/${name}.ts`, flags: [`--without=${canary}`] })

async function play(options: RunOptions, stack: ChaosStack, receiver: Receiver): Promise<Result> {
  const { seed, minutes, faults, rate, say } = options
  const safetyMs = minutes * 60_000
  const unit = unitOf(minutes)
  const journalFile = join(options.folder, 'load.jsonl')
  const journal = new LoadJournal(journalFile)
  const caller = new Caller(stack.apiUrls, journal)
  const platformKey = await makePlatformKey(stack)
  const receiverUrl = await receiver.start()
  const institutions = await makeInstitutions({ caller, platformKey, receiver, receiverUrl, apiUrl: stack.apiUrls[0] ?? '', unit })
  const load = new Load({ stack, caller, institutions, platformKey, seed, unitMs: unit * 1000, rate })
  const disturbances = new Disturbances(stack.gateway.driver)
  const world: World = { stack, load, institutions, receiver, disturbances, unitMs: unit * 1000 }

  say(`load and faults for ${Math.round(safetyMs / 1000)} s`)
  const counts = (): void => {
    const { acknowledged, refused, unknown, unanswered } = caller.counts
    say(
      `${load.counts.bills} bills, ${load.counts.paid} payments, ${load.counts.refunds} refunds; ${acknowledged} acknowledged, ${refused} refused, ${unknown} unknown, ${unanswered} unanswered`,
    )
  }
  const ticker = setInterval(counts, COUNTS_EVERY_MS)
  const books = openBooks(stack.databaseUrl)
  try {
    load.start()
    await load.warm(WARM_MS)
    say('the first citizen has paid: faults begin')
    const end = new Promise((resolve) => setTimeout(resolve, safetyMs))
    const happened = await injectAll(scheduleOf(seed, safetyMs, faults), faults, world, seed, say)
    await end

    say('healing')
    const healing = Date.now()
    await heal(world)
    const recovery = untilRecovered(books, RECOVERY_MS).then(() => Date.now() - healing)
    await load.end()
    say('quiet: waiting until nothing is open')
    const quiet = await calmDown(world, books, say)
    journal.close()

    say('checking')
    const findings = await judge(stack, journalFile, receiver, books)
    if (!quiet.quiet && !findings.some((finding) => countOf(finding) === 'stuck')) {
      const { fingerprint: _, ...open } = quiet.last
      findings.push({ rule: 'quiet', id: '', sentence: `It never became quiet: ${JSON.stringify(open)}.` })
    }
    const [payments] = await books<{ n: number }[]>`select count(*)::int as n from payments`
    return {
      ...countAll(findings),
      recovery_s: Math.round((await recovery) / 100) / 10,
      faults: happened,
      bills: load.counts.bills,
      payments: payments?.n ?? 0,
      findings: findings.map(({ rule, sentence }) => `${rule}: ${sentence}`),
      missing: faults.map(({ id }) => id).filter((id) => (happened[id] ?? 0) === 0),
    }
  } finally {
    clearInterval(ticker)
    counts()
    await books.end({ timeout: 2 })
  }
}

/** The outside checker, and what the load, the gateway and the institutions have to say beside the books. */
async function judge(stack: ChaosStack, journalFile: string, receiver: Receiver, books: ReturnType<typeof openBooks>): Promise<Finding[]> {
  const gatewayJournal = join(stack.gateway.folder, 'journal', 'journal.jsonl')
  const evidence = { gatewayJournal, mailJournal: join(stack.mail.folder, 'journal.jsonl'), final: true }
  return [
    ...(await check({ databaseUrl: stack.databaseUrl, ...evidence })),
    ...(await checkLoad(books, readLoadJournal(journalFile))),
    ...(await checkAuthorized(gatewayJournal)),
    ...(await checkEvents(books, receiver)),
    ...checkProcesses([...stack.workers, ...stack.apis]),
  ]
}

/** The first key of a platform cannot come from its API. */
async function makePlatformKey({ databaseUrl, pepper }: ChaosStack): Promise<string> {
  const sql = connect(databaseUrl, { role: 'goji_app', name: 'goji-chaos', max: 1 })
  try {
    return (
      await transaction(sql, (tx) =>
        insertApiKey(tx, { institutionId: null, mode: 'test', scopes: ['operator'], pepper }, systemClock.now()),
      )
    ).key
  } finally {
    await sql.end({ timeout: 5 })
  }
}

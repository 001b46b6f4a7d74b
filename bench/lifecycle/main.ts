import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { startPostgres } from '../../cli/stack/postgres.ts'
import type { LockedChild } from '../../cli/stack/lock.ts'
import { Children } from '../../cli/stack/process.ts'
import { migrate } from '../../store/migrate.ts'
import type { Contestant } from './contestant.ts'
import { drive, type Result } from './drive.ts'
import { startTemporalOnPostgres } from '../servers/temporal-on-postgres.ts'
import { startEngine } from './engine.ts'
import { startPlain } from './plain.ts'
import { sameBooks } from './plain-books.ts'

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '600' },
    window: { type: 'string', default: '60' },
    pause: { type: 'string', default: '500' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run bench:lifecycle -- [--lives 600] [--window 60] [--pause 500] [--only engine] [--json]\nLives of a bill per second, in one run on one server: the engine, a bare workflow (the floor), the floor with the same SQL, and the same life written after the samples.',
  )
  process.exit(0)
}
const lives = Number(values.lives)
const window = Number(values.window)
const pause = Number(values.pause)
const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** One life whose news come one by one, each taken in before the next: what a bill really costs in events. */
async function slowLife(
  contestant: Contestant,
  connection: NativeConnection,
  index: number,
): Promise<{ events: number; transitions: number }> {
  const client = new Client({ connection })
  const settledDown = async (): Promise<number> => {
    let length = 0
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      const { historyLength } = await client.workflow.getHandle(contestant.workflowId(index)).describe()
      if (historyLength === length) return length
      length = historyLength
    }
  }
  await contestant.issue(index)
  await settledDown()
  await contestant.pay(index)
  await settledDown()
  await contestant.settle(index)
  const events = await settledDown()
  const { raw } = await client.workflow.getHandle(contestant.workflowId(index)).describe()
  return { events, transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0) }
}

const rounded = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]))

type Measured = Result & { events: number; transitions: number }

const two = (value: number): number => Math.round(value * 100) / 100

function report([engine, floor, floorWithSql, sample]: readonly Measured[]): void {
  if (!engine || !floor || !floorWithSql || !sample) throw new Error('a contestant is missing')
  const ratio = (peer: Result): number => two(engine.livesPerSecond / peer.livesPerSecond)
  const peer = (one: Measured): object => ({
    lives_per_second: two(one.livesPerSecond),
    events: one.events,
    transitions: one.transitions,
    cpu_ms: rounded(one.cpuMsPerLife),
  })
  const summary = {
    lives_per_second: two(engine.livesPerSecond),
    ratio_to_floor: ratio(floor),
    ratio_to_floor_with_sql: ratio(floorWithSql),
    ratio_to_sample: ratio(sample),
    events_per_bill: engine.events,
    transitions_per_bill: engine.transitions,
    cpu_ms_per_bill: rounded(engine.cpuMsPerLife),
    floor: peer(floor),
    floor_with_sql: peer(floorWithSql),
    sample: peer(sample),
    lives,
    window,
    pause_ms: pause,
  }
  console.log(
    values.json
      ? JSON.stringify(summary)
      : Object.entries(summary)
          .map(([name, value]) => `${name.padEnd(24)} ${JSON.stringify(value)}`)
          .join('\n'),
  )
}

const folder = mkdtempSync(join(tmpdir(), 'goji-bench-'))
const data = DataFolder.open(folder)
let running: readonly LockedChild[] = []
const children = new Children(data.folder('logs'), (now) => (running = now))
try {
  const ports = new Ports(data.file('ports.json'))
  const database = await startPostgres({ data, children, ports, environment: process.env, signal: AbortSignal.timeout(120_000), note: say })
  await migrate(database.url)
  const temporal = await startTemporalOnPostgres({
    databaseUrl: database.url,
    folder: data.folder('temporal'),
    children,
    environment: process.env,
  })
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const connection = await NativeConnection.connect({ address: temporal.address })
  const processes = { node: process.pid, temporal: temporal.child.pid, postgres: running.find(({ name }) => name === 'postgres')?.pid ?? 0 }
  const contestants: Readonly<Record<string, () => Promise<Contestant>>> = {
    engine: () => startEngine(connection, database.url, temporal.address),
    floor: () => startPlain('floor', 'floorBill', connection),
    'floor with SQL': async () =>
      startPlain('floor with SQL', 'floorBill', connection, await sameBooks(connection, database.url, temporal.address)),
    sample: async () => startPlain('sample', 'sampleBill', connection, await sameBooks(connection, database.url, temporal.address)),
  }
  const results: Measured[] = []
  for (const [name, start] of Object.entries(contestants)) {
    if (values.only !== undefined && values.only !== name) continue
    const contestant = await start()
    await drive(contestant, { first: 0, lives: Math.ceil(lives / 6), window, pause, processes })
    const result = await drive(contestant, { first: lives, lives, window, pause, processes })
    results.push({ ...result, ...(await slowLife(contestant, connection, 10 * lives)) })
    say(
      `${result.name.padEnd(15)} ${result.livesPerSecond.toFixed(1)} lives/s, CPU ms per life ${JSON.stringify(rounded(result.cpuMsPerLife))}`,
    )
    await contestant.stop()
  }
  await connection.close()
  if (values.only === undefined) report(results)
  else console.log(JSON.stringify(results))
} finally {
  await children.stopAll(() => undefined)
  rmSync(folder, { recursive: true, force: true })
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { uploadFile } from '../../cli/batches/file-transfer.ts'
import { announceEngine, localStack } from '../../cli/local-stack.ts'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import type { LockedChild } from '../../cli/stack/lock.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { startPostgres } from '../../cli/stack/postgres.ts'
import { Children } from '../../cli/stack/process.ts'
import { createProgress } from '../../cli/stack/progress.ts'
import { type Stack, startStack } from '../../cli/stack/stack.ts'
import { Goji } from '../../client/index.ts'
import { loadDrivers } from '../../composition/simulators.ts'
import { readingSchema } from '../../batches/reading.ts'
import { openTable } from '../../batches/table-file.ts'
import { startTemporalOnPostgres } from '../lifecycle/temporal-on-postgres.ts'
import { POLICY } from '../policy.ts'
import { MAPPING, writeFile } from './file.ts'
import { Memory } from './memory.ts'
import { latencyOf, Payers } from './payers.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    payments: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run bench:batch -- [--rows 10000] [--payments 60] [--json]\nLoads a file of bills through the API and issues it, on PostgreSQL and Temporal with PostgreSQL persistence; meanwhile citizens pay.',
  )
  process.exit(0)
}
const rows = Number(values.rows)
const payments = Number(values.payments)
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10

async function measure(stack: Stack, folder: string): Promise<object> {
  const engine = await announceEngine(stack, folder)
  const operator = new Goji({ url: engine.url, key: engine.key })
  const driver = (await loadDrivers(engine.simulators)).gateways.get(engine.gateway ?? '')
  if (!driver) throw new Error('the gateway has no simulator')
  const name = { ko: '시청', en: 'City Hall' }
  const { institution, key } = await operator.post('/v1/institutions', {
    body: { slug: 'city', name, currency: 'KRW', zone: 'Asia/Seoul' },
  })
  const title = { ko: '자동차세', en: 'Vehicle tax' }
  await operator.put('/v1/institutions/{id}/policies/{name}', {
    path: { id: institution.id, name: 'tax' },
    body: { title, policy: POLICY as never },
  })
  const city = { url: engine.url, key: key.secret ?? '' }
  const goji = new Goji(city)
  const payers = new Payers(goji, driver)

  say('Payments while nothing else happens')
  const before = await payers.prepare(payments + 5)
  for (const bill of before.splice(0, 5)) await payers.pay(bill)
  const idle: number[] = []
  for (const bill of before) idle.push(await payers.pay(bill))

  const file = join(folder, 'bills.csv')
  const dueDate = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '.')
  await writeFile(file, rows, dueDate)
  const pids = processesOf(folder)
  let issued = 0

  say('The upload')
  const uploadMemory = new Memory({ api: pids['api'] ?? 0 }, () => issued)
  const batch = await goji.post('/v1/batches', { body: { name: 'Bench', mapping: readingSchema.parse(MAPPING) } })
  const uploadStart = performance.now()
  const table = await openTable(file)
  const ready = await uploadFile(city, batch.id, table, { signal: new AbortController().signal, onBytes: (sent) => (issued = sent) })
  await table.handle.close()
  const uploaded = seconds(uploadStart)
  const { api: apiWhileUploading } = uploadMemory.stop()
  const previewStart = performance.now()
  const preview = await goji.get('/v1/batches/{id}/preview', { path: { id: batch.id } })
  const previewed = seconds(previewStart)
  if (ready.counts.received !== rows || preview.valid !== rows) throw new Error('not every row was taken')

  say('The bills, and payments meanwhile')
  issued = 0
  const during = await payers.prepare(payments)
  const memory = new Memory(pids, () => issued)
  const start = performance.now()
  const load = loadavg()[0]
  await goji.post('/v1/batches/{id}/issue', { path: { id: batch.id }, body: { invalidRows: 'refuse' } })
  let state = 'issuing'
  const follow = (async () => {
    while (state === 'issuing') {
      const now = await goji.get('/v1/batches/{id}', { path: { id: batch.id } })
      if (Math.floor(now.counts.issued / 1_000) > Math.floor(issued / 1_000))
        say(`${now.counts.issued} of ${rows} rows after ${seconds(start)} s`)
      issued = now.counts.issued
      state = now.state
      await delay(1_000)
    }
  })()
  // Spread over the whole of it, by the rows that are done.
  const busy: number[] = []
  for (const [index, bill] of during.entries()) {
    while (state === 'issuing' && issued < (index / during.length) * rows * 0.95) await delay(250)
    if (state !== 'issuing') break
    busy.push(await payers.pay(bill))
  }
  await follow
  const took = seconds(start)
  const curves = memory.stop()
  return {
    rows,
    upload: { seconds: uploaded, rows_per_second: Math.round(rows / uploaded), api_memory: apiWhileUploading },
    preview_seconds: previewed,
    issue: { seconds: took, rows_per_second: Math.round((rows / took) * 10) / 10, state, rows_issued: issued },
    memory: curves,
    payment_idle: latencyOf(idle),
    payment_during_load: latencyOf(busy),
    payment_ratio: { p50: ratio(busy, idle, 'p50_ms'), p99: ratio(busy, idle, 'p99_ms') },
    machine_load_at_start: load,
  }
}

const ratio = (busy: readonly number[], idle: readonly number[], key: 'p50_ms' | 'p99_ms'): number =>
  Math.round((latencyOf(busy)[key] / latencyOf(idle)[key]) * 100) / 100

/** Process ids of Goji's own processes, as the stack's lock names them. */
function processesOf(folder: string): Record<string, number> {
  const { children } = JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as { children: readonly LockedChild[] }
  return Object.fromEntries(children.filter(({ name }) => name === 'api' || name === 'worker').map(({ name, pid }) => [name, pid]))
}

const folder = mkdtempSync(join(tmpdir(), 'goji-bench-batch-'))
const data = DataFolder.open(join(folder, 'servers'))
const children = new Children(data.folder('logs'), () => undefined)
let stack: Stack | undefined
try {
  const ports = new Ports(data.file('ports.json'))
  const signal = AbortSignal.timeout(24 * 3_600_000)
  const database = await startPostgres({ data, children, ports, environment: process.env, signal, note: say })
  const temporal = await startTemporalOnPostgres(database.url, data.folder('temporal'), children, process.env)
  const local = localStack(join(folder, 'stack'), true, createProgress(process.stderr), [])
  const environment = { ...process.env, DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address }
  stack = await startStack({ ...local, environment, signal })
  const result = await measure(stack, join(folder, 'stack'))
  console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
} finally {
  await stack?.stop()
  await children.stopAll(() => undefined)
  rmSync(folder, { recursive: true, force: true })
}

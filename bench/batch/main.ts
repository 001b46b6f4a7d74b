import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readingSchema } from '../../batches/reading.ts'
import { openTable } from '../../batches/table-file.ts'
import { uploadFile } from '../../cli/batches/file-transfer.ts'
import { latencyOf, Payers } from '../payers.ts'
import { inTown, say, type Town } from '../town.ts'
import { MAPPING, writeFile } from './file.ts'
import { Memory } from './memory.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    payments: { type: 'string', default: '60' },
    workers: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run bench:batch -- [--rows 10000] [--payments 60] [--workers 1] [--json]\nLoads a file of bills through the API and issues it, on PostgreSQL and Temporal with PostgreSQL persistence; meanwhile citizens pay.',
  )
  process.exit(0)
}
const rows = Number(values.rows)
const payments = Number(values.payments)
const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10

async function measure({ goji, city, driver, folder, pids }: Town): Promise<object> {
  const payers = new Payers(goji, driver)

  say('Payments while nothing else happens')
  const before = await payers.prepare(payments + 5)
  for (const bill of before.splice(0, 5)) await payers.pay(bill)
  const idle: number[] = []
  for (const bill of before) idle.push(await payers.pay(bill))

  const file = join(folder, 'bills.csv')
  const dueDate = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '.')
  await writeFile(file, rows, dueDate)
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
    workers: Number(values.workers),
    window: process.env['GOJI_BATCH_WINDOW'] ?? 'default',
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

const result = await inTown(Number(values.workers), measure)
console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))

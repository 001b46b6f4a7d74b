import { Client } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'
import { Registry } from 'prom-client'
import { readConfigOrExit } from '../composition/config.ts'
import { createLogger } from '../composition/log.ts'
import { ProviderCalls } from '../composition/metrics/provider-calls.ts'
import { createRoot } from '../composition/root.ts'
import { startAnchor } from './anchor.ts'
import { startOperations } from './operations.ts'
import { installRuntime } from './runtime.ts'
import { ensureSweep } from './sweep-schedule.ts'
import { bundleWorkflows, createWorker } from './worker.ts'

const config = readConfigOrExit()
const log = createLogger('worker', config.GOJI_LOG_LEVEL)
const temporal = await installRuntime(log, { metrics: config.GOJI_METRICS_PORT !== undefined })
const register = new Registry()

const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS })
const root = await createRoot(config, { name: 'goji-worker', pool: 16, connection })
const worker = await createWorker(root, connection, await bundleWorkflows(), {}, { log, calls: new ProviderCalls(register) })
if (config.GOJI_SWEEP === 'on') await ensureSweep(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }), config.GOJI_TASK_QUEUE)
const anchor = startAnchor(root, log)
const operations = await startOperations(root, { worker, register, temporal })
const listening = `temporal://${config.TEMPORAL_ADDRESS}/${config.GOJI_TASK_QUEUE}`
process.stdout.write(`${JSON.stringify({ listening, ...(operations === undefined ? {} : { operationsPort: operations.port }) })}\n`)
try {
  await worker.run()
} finally {
  await operations?.close()
  await anchor.stop()
  await root.close()
  await connection.close()
}
// Adapters keep connections for the next message a while; nobody has to wait for that.
process.exit()

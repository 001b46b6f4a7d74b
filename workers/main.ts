import { Client } from '@temporalio/client'
import { DefaultLogger, type LogEntry, NativeConnection, Runtime } from '@temporalio/worker'
import { pino } from 'pino'
import { readConfig } from '../composition/config.ts'
import { createRoot } from '../composition/root.ts'
import { startAnchor } from './anchor.ts'
import { ensureSweep } from './sweep-schedule.ts'
import { bundleWorkflows, createWorker } from './worker.ts'

const config = readConfig()
const log = pino({ name: 'worker', level: config.GOJI_LOG_LEVEL })

Runtime.install({
  logger: new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => {
    const write = { TRACE: log.trace, DEBUG: log.debug, INFO: log.debug, WARN: log.warn, ERROR: log.error }[level]
    const said: Record<string, unknown> = meta ?? {}
    write.call(log, { workflowId: said['workflowId'], activityType: said['activityType'], error: said['error'] }, message)
  }),
  shutdownSignals: ['SIGTERM', 'SIGINT'],
})

const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS })
const root = await createRoot(config, { name: 'goji-worker', pool: 16, connection })
const worker = await createWorker(root, connection, await bundleWorkflows())
if (config.GOJI_SWEEP === 'on') await ensureSweep(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }), config.GOJI_TASK_QUEUE)
const anchor = startAnchor(root, log)
process.stdout.write(`${JSON.stringify({ listening: `temporal://${config.TEMPORAL_ADDRESS}/${config.GOJI_TASK_QUEUE}` })}\n`)
try {
  await worker.run()
} finally {
  await anchor.stop()
  await root.close()
  await connection.close()
}
// Adapters keep connections for the next message a while; nobody has to wait for that.
process.exit()

import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { readConfigOrExit } from '../composition/config.ts'
import { errorWords } from '../composition/error-words.ts'
import { createLogger } from '../composition/log.ts'
import { createRoot } from '../composition/root.ts'
import { createApp } from './app.ts'
import { closeServer } from './close-server.ts'
import { RequestMeter } from './http/request-meter.ts'
import { startMetrics } from './metrics.ts'
import { createHttpServer } from './server.ts'

/** What is under way at the end gets this long; then connections are cut. */
const GRACE_MS = 15_000

const config = readConfigOrExit()
const log = createLogger('api', config.GOJI_LOG_LEVEL)
const root = await createRoot(config, { name: 'goji-api' })
const register = new Registry()
const server = createHttpServer(createApp(root, log, undefined, new RequestMeter(register)))
const metrics = await startMetrics(root, log, register)

server.listen(config.GOJI_PORT, config.GOJI_HOST, () => {
  const { address, port, family } = server.address() as AddressInfo
  const listening = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  process.stdout.write(`${JSON.stringify({ listening, ...(metrics === undefined ? {} : { operationsPort: metrics.port }) })}\n`)
})

let stopping = false
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'stopping')
  await closeServer(server, GRACE_MS)
  await metrics?.close()
  await root.close().catch((error: unknown) => {
    log.error(errorWords(error), 'not closed in order')
    process.exitCode = 1
  })
  // Adapters keep connections for the next message a while; nobody has to wait for that.
  process.exit()
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))

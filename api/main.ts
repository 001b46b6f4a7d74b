import type { AddressInfo } from 'node:net'
import { readConfig } from '../composition/config.ts'
import { errorWords } from '../composition/error-words.ts'
import { createRoot } from '../composition/root.ts'
import { createApp } from './app.ts'
import { closeServer } from './close-server.ts'
import { createLogger } from './log.ts'
import { createHttpServer } from './server.ts'

/** What is under way at the end gets this long; then connections are cut. */
const GRACE_MS = 15_000

const config = readConfig()
const log = createLogger(config.GOJI_LOG_LEVEL)
const root = await createRoot(config, { name: 'goji-api' })
const server = createHttpServer(createApp(root, log))

server.listen(config.GOJI_PORT, config.GOJI_HOST, () => {
  const { address, port, family } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ listening: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` })}\n`)
})

let stopping = false
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'stopping')
  await closeServer(server, GRACE_MS)
  await root.close().catch((error: unknown) => {
    log.error(errorWords(error), 'not closed in order')
    process.exitCode = 1
  })
  // Adapters keep connections for the next message a while; nobody has to wait for that.
  process.exit()
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))

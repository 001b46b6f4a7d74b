import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { createApp } from '../../api/app.ts'
import { createHttpServer } from '../../api/server.ts'
import { systemClock } from '../../composition/clock.ts'
import { readConfig } from '../../composition/config.ts'
import { createLogger } from '../../composition/log.ts'
import { createRoot } from '../../composition/root.ts'

/**
 * The API with something wrong: a clock that is ahead (or, below zero, behind) by so many milliseconds, or without the
 * safeguard that is named. Only a chaos run starts it.
 */
const { values } = parseArgs({ options: { 'clock-ahead': { type: 'string', default: '0' }, without: { type: 'string' } } })
const ahead = Number(values['clock-ahead'])

const config = readConfig()
const made = await createRoot(config, { name: 'goji-api' })
const root = { ...made, clock: { now: () => systemClock.now() + ahead } }
const app = createApp(root, createLogger('api', config.GOJI_LOG_LEVEL))
const server = createHttpServer(values.without === 'deduplication' ? forgetful(app) : app)
server.listen(config.GOJI_PORT, config.GOJI_HOST, () => {
  process.stdout.write(`${JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`)
})
process.once('SIGTERM', () => process.exit(0))

/** Every request is a new one, whatever its key says. */
function forgetful(next: RequestListener): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers['idempotency-key'] !== undefined) request.headers['idempotency-key'] = randomUUID()
    next(request, response as Parameters<RequestListener>[1])
  }
}

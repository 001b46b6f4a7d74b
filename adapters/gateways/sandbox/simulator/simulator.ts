import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { Book, type Follower } from './book.ts'
import { Captures } from './captures.ts'
import { Clock } from './clock.ts'
import { driverRoutes } from './driver-routes.ts'
import { Faults } from './faults.ts'
import { merchantRoutes } from './merchant-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { Payments } from './payments.ts'
import { Refunds } from './refunds.ts'
import { Refusal } from './refusal.ts'
import { settle } from './settlement.ts'
import { Webhooks } from './webhooks.ts'

export interface SimulatorOptions {
  readonly journal: string
  readonly secret: string
  readonly webhookSecret: string
  readonly webhookUrl: string | undefined
  readonly seed: number
  /** Milliseconds between automatic settlements. */
  readonly settleEvery: number | undefined
}

export interface Simulator {
  readonly server: Server
  stop(): Promise<void>
}

/** Rebuilds the gateway from its journal and puts it together; the caller lets the server listen. */
export async function openSimulator(options: SimulatorOptions): Promise<Simulator> {
  const clock = new Clock()
  const faults = new Faults(options.seed)
  const webhooks = options.webhookUrl === undefined ? undefined : new Webhooks(options.webhookUrl, options.webhookSecret, clock, faults)
  const captures = new Captures()
  const followers: Follower[] = [(entry) => faults.follow(entry), (entry) => captures.follow(entry)]
  if (webhooks !== undefined) followers.push((entry) => webhooks.follow(entry))
  const book = await Book.open(options.journal, clock, followers)
  const payments = new Payments(book, clock)
  const refunds = new Refunds(book, clock, payments)
  const app = assemble(options.secret, [
    pageRoutes(book, payments),
    merchantRoutes(book, faults, payments, refunds),
    driverRoutes({ book, captures, clock, faults, payments, refunds }),
  ])
  const server = createServer(app)
  const settling = options.settleEvery === undefined ? undefined : setInterval(() => settle(book, clock), options.settleEvery)
  webhooks?.start(book)
  const stop = async (): Promise<void> => {
    clearInterval(settling)
    webhooks?.stop()
    refunds.stop()
    // Also the connections that an injected fault left hanging.
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await book.close()
  }
  return { server, stop }
}

function assemble(secret: string, [pages, ...api]: RequestHandler[]): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  if (pages !== undefined) app.use(pages)
  app.use(requireBearer(secret), express.json({ limit: '64kb' }), ...api)
  app.use((request) => {
    throw new Refusal(404, 'route_not_found', `There is no ${request.method} ${request.path}.`)
  })
  app.use(refuse)
  return app
}

function requireBearer(secret: string): RequestHandler {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${secret}`)
  return (request, _response, next) => {
    if (!timingSafeEqual(expected, digest(request.get('authorization') ?? ''))) {
      throw new Refusal(401, 'secret_wrong', 'Send the secret as "Authorization: Bearer ...".')
    }
    next()
  }
}

const refuse: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof Refusal) {
    response.status(error.status).json({ error: { code: error.code, message: error.message }, ...error.details })
  } else if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500) {
    response.status(error.status).json({ error: { code: 'request_malformed', message: error.message } })
  } else {
    console.error(error)
    response.status(500).json({ error: { code: 'internal', message: 'The gateway failed.' } })
  }
}

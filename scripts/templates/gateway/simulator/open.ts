import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { escape } from '../../../../adapters/kit/escape.ts'
import { page } from '../../../../adapters/kit/simulator/pages.ts'
import type { SimulatorFlags } from '../../../../adapters/kit/simulator/run.ts'
import { Refusal, type Route, serveSimulator, type SimulatedRequest } from '../../../../adapters/kit/simulator/serve.ts'
import { World } from '../../../../adapters/kit/simulator/world.ts'
import { signedHeaders } from '../../../../adapters/kit/signature.ts'
import { Books, type Entry, type Payment, type Refund } from './books.ts'
import { Desk, type NewRefund, type NewSession } from './desk.ts'

const minor = z.string().regex(/^[1-9][0-9]{0,12}$/)
const sessionBody: z.ZodType<NewSession> = z.object({ minor, currency: z.string(), returnUrl: z.url(), expiresAt: z.int() })
const refundBody: z.ZodType<NewRefund> = z.object({ reference: z.string(), minor, currency: z.string() })

function read<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json)
  if (!result.success) throw new Refusal(400, { code: 'request_invalid' })
  return result.data
}

/** YOURS: the provider's interface and states as its documents have them. */
export function openSample(flags: SimulatorFlags) {
  const books = new Books()
  const webhookKey = Buffer.from(flags.secret('webhook'), 'base64url')
  const world = World.open<Entry>(
    {
      folder: flags.folder,
      seed: flags.seed,
      webhooks: {
        url: flags.webhookUrl,
        headers: ({ id, body }, now, forged) => signedHeaders(forged ? Buffer.alloc(32) : webhookKey, id, body, now),
        takes: (status) => status >= 200 && status < 300,
        wait: (refusals) => Math.min(250 * 2 ** refusals, 60_000),
      },
    },
    (entry) => books.apply(entry),
  )
  const desk = new Desk(world, books)
  const view = ({ key, reference, status, minor: whole, currency, method, paidAt }: Payment) => ({
    ...{ key, reference, status, minor: String(whole), currency, method, paidAt },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay/${reference}`,
  })
  const refundView = ({ key, reference, status, minor: whole, currency, doneAt }: Refund) => ({
    key,
    reference,
    status,
    minor: String(whole),
    currency,
    doneAt,
  })
  /** One unit more than there is, where that is asked for. */
  const told = (json: { minor: string }, { fault }: SimulatedRequest) => ({
    status: 200,
    json: fault?.mode === 'wrongAmount' ? { ...json, minor: String(BigInt(json.minor) + 1n) } : json,
  })
  const inHeader = ({ headers }: SimulatedRequest): string => headers['idempotency-key'] ?? ''
  const inPath = ({ params }: SimulatedRequest): string => params['key'] ?? ''
  const route = (method: string, path: string, op: string, key: NonNullable<Route['key']>, handle: Route['handle']): Route => ({
    ...{ method, path, op, key },
    modes: ['wrongAmount', 'decline', 'late'],
    handle: (request) => {
      if (request.headers['authorization'] !== `Bearer ${flags.secret('api')}`) throw new Refusal(401, { code: 'secret_wrong' })
      return handle(request)
    },
  })
  const course = ({ fault }: SimulatedRequest): number | null =>
    fault?.mode === 'decline' ? null : fault?.mode === 'late' ? (fault.delayMs ?? 0) : 0

  const server: Server = serveSimulator(world, [
    route('POST', '/payments', 'openSession', inHeader, (one) => told(view(desk.open(inHeader(one), read(sessionBody, one.json))), one)),
    route('GET', '/payments/:key', 'payment', inPath, (one) => {
      const key = inPath(one)
      return books.barred.has(key) ? { status: 200, json: barredView(key) } : told(view(desk.find(key)), one)
    }),
    route('POST', '/payments/:key/capture', 'capture', inPath, (one) =>
      told(view(desk.capture(inPath(one), one.fault?.mode === 'decline')), one),
    ),
    route('POST', '/payments/:key/cancel', 'cancel', inPath, (one) => {
      const payment = desk.cancel(inPath(one))
      return payment === null ? { status: 200, json: barredView(inPath(one)) } : told(view(payment), one)
    }),
    route('POST', '/refunds', 'refund', inHeader, (one) =>
      told(refundView(desk.refund(inHeader(one), read(refundBody, one.json), course(one))), one),
    ),
    route('GET', '/refunds/:key', 'refundReport', inPath, (one) => told(refundView(desk.findRefund(inPath(one))), one)),
    {
      method: 'GET',
      path: '/pay/:reference',
      handle: ({ params }) => {
        const payment = books.byReference.get(params['reference'] ?? '')
        if (!payment) throw new Refusal(404, { code: 'unknown' })
        const buttons = ['card', 'wallet', 'transfer']
          .map((method) => `<button name="method" value="${method}">${method}</button>`)
          .join('')
        return {
          status: 200,
          leadsOn: true,
          html: page(
            `${payment.minor} ${payment.currency}`,
            `<form method="post" action="/pay/${escape(payment.reference)}">${buttons}</form>`,
          ),
        }
      },
    },
    {
      method: 'POST',
      path: '/pay/:reference',
      handle: ({ params, form }) => {
        const payment = books.byReference.get(params['reference'] ?? '')
        if (!payment) throw new Refusal(404, { code: 'unknown' })
        desk.authorize(payment.key, form.get('method') ?? 'card')
        return { status: 303, location: payment.returnUrl }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:key/authorize',
      handle: (one) => ({ status: 200, json: { taken: desk.authorize(inPath(one), (one.json as { method: string }).method) } }),
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:key/decline',
      handle: (one) => {
        desk.decline(inPath(one))
        return { status: 200, json: {} }
      },
    },
  ])
  return { server, start: () => world.start() }
}

/** A key that was ended before any session was opened under it. */
const barredView = (key: string): object => ({
  key,
  reference: 'none',
  status: 'cancelled',
  minor: '1',
  currency: 'KRW',
  url: 'http://127.0.0.1/',
})

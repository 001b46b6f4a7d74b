import { z } from 'zod'
import type { Notice } from '../../../../domain/ports/channel.ts'
import { type Headers, isSigned } from '../signature.ts'
import { fateOf, RELAY_NAMES } from './behaviour.ts'
import type { Deliveries } from './deliveries.ts'
import { type Fault, faultList, type Faults } from './faults.ts'
import { indexPage, mailboxPage } from './pages.ts'
import { Refusal } from './refusal.ts'
import { reportOf } from './report.ts'

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body: Buffer
}

export type Reply =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: number; readonly html: string }
  /** After a form, back to the page. */
  | { readonly status: 303; readonly location: string }

/** What a request of the protocol is about, so that a fault can befall it. */
export interface Subject {
  readonly op: Exclude<Fault['op'], 'webhook'>
  readonly relay: string
  readonly key: string
}

export interface Route {
  /** Undefined for the simulator's own interface, which has no faults. */
  readonly subject: Subject | undefined
  /** Runs to its end without waiting, so that two requests for one key never interleave. */
  readonly handle: () => Reply
}

export interface Desk {
  readonly deliveries: Deliveries
  readonly faults: Faults
  readonly seed: number
  /** The request key of each relay. */
  readonly keys: ReadonlyMap<string, Buffer>
}

/** The shape is what matters to a relay; the words are Goji's. */
const notice: z.ZodType<Notice> = z.object({
  purpose: z.enum(['notice', 'reminder']),
  language: z.enum(['ko', 'en']),
  institution: z.string(),
  citizenName: z.string(),
  subject: z.string().min(1),
  paragraphs: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  action: z.object({ label: z.string(), url: z.url({ protocol: /^https?$/ }) }),
})
const recipient = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/)
const reachabilityBody = z.object({ recipient })
const deliveryBody = z.object({ recipient, notice })

/** Finds what a request asks for. @throws Refusal. */
export function routeOf(desk: Desk, request: Request): Route {
  const [first = '', collection = '', id = '', verb = ''] = request.path.slice(1).split('/').map(decode)
  const own = (handle: () => Reply): Route => ({ subject: undefined, handle })
  const call = `${request.method} ${collection}${id === '' ? '' : '/:id'}${verb === '' ? '' : `/${verb}`}`
  if (request.method === 'GET' && request.path === '/') return own(() => index(desk))
  if (first === 'faults' && collection === '') return own(() => changeFaults(desk, request))
  if (!desk.keys.has(first)) throw new Refusal(404, 'route_unknown')
  const relay = first
  const key = request.headers['idempotency-key'] ?? ''
  switch (call) {
    case 'POST reachability':
      return { subject: { op: 'reachability', relay, key: '' }, handle: () => reachability(desk, relay, request) }
    case 'POST deliveries':
      return { subject: { op: 'delivery', relay, key }, handle: () => deliver(desk, relay, key, request) }
    case 'GET deliveries/:id':
      return { subject: { op: 'inquiry', relay, key: id }, handle: () => inquire(desk, relay, id, request) }
    case 'POST deliveries/:id/open':
      return own(() => open(desk, relay, id, request))
    case 'GET recipients/:id':
      return own(() => mailbox(desk, relay, id))
    default:
      throw new Refusal(404, 'route_unknown')
  }
}

function reachability(desk: Desk, relay: string, request: Request): Reply {
  requireSigned(desk, relay, request, request.body)
  const body = read(reachabilityBody, request)
  const { reach } = fateOf(desk.seed, relay, body.recipient, 1)
  return { status: 200, json: { known: reach !== 'unknown', consented: reach === 'known' } }
}

function deliver(desk: Desk, relay: string, key: string, request: Request): Reply {
  requireSigned(desk, relay, request, request.body)
  if (key === '' || key !== request.headers['webhook-id']) throw new Refusal(400, 'key_unsigned')
  const body = read(deliveryBody, request)
  return { status: 202, json: reportOf(desk.deliveries.accept(relay, key, body.recipient, body.notice)) }
}

function inquire(desk: Desk, relay: string, key: string, request: Request): Reply {
  requireSigned(desk, relay, request, `GET /deliveries/${encodeURIComponent(key)}`)
  const delivery = desk.deliveries.find(relay, key)
  if (!delivery) throw new Refusal(404, 'delivery_unknown')
  return { status: 200, json: reportOf(delivery) }
}

function open({ deliveries }: Desk, relay: string, key: string, request: Request): Reply {
  const delivery = deliveries.open(relay, key)
  const fromPage = request.headers['content-type'] === 'application/x-www-form-urlencoded'
  return fromPage ? { status: 303, location: `/${relay}/recipients/${delivery.recipient}` } : { status: 200, json: reportOf(delivery) }
}

function mailbox({ deliveries }: Desk, relay: string, recipient: string): Reply {
  const received = deliveries.received(relay, recipient).map((delivery) => ({ delivery, notice: deliveries.noticeOf(delivery) }))
  return { status: 200, html: mailboxPage(relay, recipient, received) }
}

const index = ({ deliveries, keys }: Desk): Reply => ({
  status: 200,
  html: indexPage(RELAY_NAMES.filter((name) => keys.has(name)).map((name) => ({ name, recipients: deliveries.recipients(name, 20) }))),
})

function changeFaults({ faults }: Desk, request: Request): Reply {
  if (request.method === 'POST') faults.add(read(faultList, request))
  else if (request.method === 'DELETE') faults.clear()
  else if (request.method !== 'GET') throw new Refusal(405, 'method_unknown')
  return { status: 200, json: { rules: faults.list() } }
}

function requireSigned({ keys }: Desk, relay: string, { headers }: Request, signed: string | Buffer): void {
  const key = keys.get(relay)
  if (!key || !isSigned(key, headers, signed, Date.now())) throw new Refusal(401, 'signature_invalid')
}

function read<T>(schema: z.ZodType<T>, { body }: Request): T {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal(400, 'body_malformed')
  }
  const result = schema.safeParse(json)
  if (!result.success) throw new Refusal(422, 'body_invalid')
  return result.data
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(400, 'path_malformed')
  }
}

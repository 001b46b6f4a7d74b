import type { Reply } from '../../../kit/simulator/reply.ts'
import { Refusal } from './refusal.ts'
import { changeFaults, index, mailbox, open } from './driver-routes.ts'
import { deliver, inquire, reachability } from './protocol-routes.ts'
import type { Fault } from './faults.ts'
import type { Desk, Request } from './request.ts'

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

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(400, 'path_malformed')
  }
}

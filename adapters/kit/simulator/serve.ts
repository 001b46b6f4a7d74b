import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Fault, faultList } from './faults.ts'
import { type FailureBody, failAfter, failBefore, type Reply, send } from './reply.ts'
import type { World } from './world.ts'

const BODY_BYTES_MAX = 1024 * 1024

const failed: FailureBody = (code) => ({ error: code.replace('_', ' ') })

export interface SimulatedRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Undefined where the body is not JSON. */
  readonly json: unknown
  readonly form: URLSearchParams
  /** A fault of the simulator's own modes; the others have been dealt with. */
  readonly fault: Fault | undefined
}

export interface Route {
  readonly method: string
  /** Such as `/v1/payments/:paymentKey/cancel`. */
  readonly path: string
  /** What a fault names; undefined for the simulator's own interface, which has none. */
  readonly op?: string
  /** Our key that the request is about, for a fault that is meant for it alone. */
  key?(request: SimulatedRequest): string
  /** Modes of its own. */
  readonly modes?: readonly string[]
  /** Runs to its end without waiting, so that two requests never interleave. */
  handle(request: SimulatedRequest): Reply
}

/** A request that the provider refuses, in its own words. */
export class Refusal extends Error {
  readonly reply: Reply

  constructor(status: number, json: object) {
    super(JSON.stringify(json))
    this.reply = { status, json }
  }
}

/** A provider's interface and, under `/_simulator/`, what no real provider offers: faults and a clock. The caller listens. */
export function serveSimulator<Entry extends { readonly op: string }>(world: World<Entry>, routes: readonly Route[]): Server {
  const schema = faultList(Object.fromEntries(routes.flatMap(({ op, modes = [] }) => (op === undefined ? [] : [[op, modes]]))))
  const all: readonly Route[] = [
    ...routes,
    {
      method: 'POST',
      path: '/_simulator/faults',
      handle: ({ json }) => {
        const faults = schema.safeParse(json)
        if (!faults.success) return { status: 422, json: { error: 'No such fault can happen.' } }
        world.faults.add(faults.data)
        return { status: 200, json: {} }
      },
    },
    {
      method: 'DELETE',
      path: '/_simulator/faults',
      handle: () => {
        world.faults.clear()
        return { status: 200, json: {} }
      },
    },
    { method: 'GET', path: '/_simulator/clock', handle: () => ({ status: 200, json: { now: world.now() } }) },
    {
      method: 'POST',
      path: '/_simulator/clock',
      handle: ({ json }) => {
        const { advanceMs } = (json ?? {}) as { advanceMs?: unknown }
        if (typeof advanceMs !== 'number' || advanceMs < 0) return { status: 422, json: { error: 'The clock only goes forward.' } }
        world.advance(advanceMs)
        return { status: 200, json: { now: world.now() } }
      },
    },
  ]
  return createServer((incoming, response) => {
    answer(world, all, incoming, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) send(response, { status: 500, json: failed('internal') })
    })
  })
}

async function answer<Entry extends { readonly op: string }>(
  world: World<Entry>,
  routes: readonly Route[],
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The provider's time, as its answers tell it.
  response.setHeader('date', new Date(world.now()).toUTCString())
  const url = new URL(incoming.url ?? '/', 'http://simulator')
  const found = findRoute(routes, incoming.method ?? '', url.pathname)
  const text = await readBody(incoming)
  if (!found) return send(response, { status: 404, json: { error: 'There is no such route.' } })
  const { route, params } = found
  const base = { params, query: url.searchParams, headers: incoming.headers as SimulatedRequest['headers'], ...parsed(text) }
  const key = route.key?.({ ...base, fault: undefined }) ?? ''
  const fault = route.op === undefined ? undefined : world.faults.take(route.op, key)
  if (fault) {
    world.noteFault(`${route.op}.${fault.mode}`, key)
    if (fault.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 2_000))
    if (failBefore(fault, response, failed)) return
  }
  const reply = effect(() => route.handle({ ...base, fault }))
  if (!fault || !failAfter(fault, reply, response, failed)) send(response, reply)
}

function effect(handle: () => Reply): Reply {
  try {
    return handle()
  } catch (error) {
    if (error instanceof Refusal) return error.reply
    throw error
  }
}

function findRoute(routes: readonly Route[], method: string, pathname: string) {
  const parts = pathname.split('/')
  for (const route of routes) {
    const names = route.path.split('/')
    if (route.method !== method || names.length !== parts.length) continue
    if (!names.every((name, index) => name.startsWith(':') || name === parts[index])) continue
    const params = names.flatMap((name, index) => (name.startsWith(':') ? [[name.slice(1), decode(parts[index] ?? '')]] : []))
    return { route, params: Object.fromEntries(params) as Record<string, string> }
  }
  return undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parsed(text: string): { json: unknown; form: URLSearchParams } {
  const form = new URLSearchParams(text)
  try {
    return { json: JSON.parse(text), form }
  } catch {
    return { json: undefined, form }
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= BODY_BYTES_MAX) chunks.push(chunk)
  }
  return size > BODY_BYTES_MAX ? '' : Buffer.concat(chunks).toString('utf8')
}

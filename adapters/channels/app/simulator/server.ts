import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Fault } from './faults.ts'
import { Refusal } from './refusal.ts'
import type { Desk, Reply, Request } from './request.ts'
import { routeOf } from './routes.ts'

const BODY_BYTES_MAX = 64 * 1024
const SLOW_MS = 2_000

/** Puts the relays behind one port. The caller lets it listen. */
export const createRelayServer = (desk: Desk): Server =>
  createServer((incoming, response) => {
    answer(desk, incoming, response).catch((error: unknown) => {
      if (!(error instanceof Refusal)) console.error(error)
      send(response, error instanceof Refusal ? refused(error) : { status: 500, json: { code: 'internal' } })
    })
  })

async function answer(desk: Desk, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request: Request = {
    method: incoming.method ?? '',
    path: new URL(incoming.url ?? '/', 'http://relay').pathname,
    headers: incoming.headers as Request['headers'],
    body: await readBody(incoming),
  }
  const { subject, handle } = routeOf(desk, request)
  const fault = subject && desk.faults.take(subject.op, subject.relay, subject.key)
  if (!subject || !fault) return send(response, effect(handle))
  const { relay, key, op } = subject
  desk.deliveries.record([{ event: 'fault', relay, key, at: Date.now(), fault: `${op}.${fault.mode}` }])
  if (fault.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? SLOW_MS))
  if (!failBefore(fault, response)) failAfter(fault, effect(handle), response)
}

function effect(handle: () => Reply): Reply {
  try {
    return handle()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error)
  }
}

const refused = ({ status, code }: Refusal): Reply => ({ status, json: { code } })

function failBefore(fault: Fault, response: ServerResponse): boolean {
  const retryAfter = { 'retry-after': String(Math.ceil((fault.delayMs ?? 1_000) / 1_000)) }
  switch (fault.mode) {
    case 'errorBefore':
      send(response, { status: 500, json: { code: 'internal' } })
      return true
    case 'rateLimit':
      send(response, { status: 429, json: { code: 'rate_limited' } }, retryAfter)
      return true
    case 'unavailable':
      send(response, { status: 503, json: { code: 'unavailable' } }, retryAfter)
      return true
    case 'htmlError':
      send(response, { status: 502, html: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>' })
      return true
    default:
      return false
  }
}

function failAfter(fault: Fault, reply: Reply, response: ServerResponse): void {
  switch (fault.mode) {
    case 'errorAfterEffect':
      return send(response, { status: 500, json: { code: 'internal' } })
    case 'hangAfterEffect':
      // The connection stays open and silent until the client gives up.
      return
    case 'drop':
      response.destroy()
      return
    case 'brokenBody':
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      response.end('json' in reply ? JSON.stringify(reply.json).slice(0, 20) : '{')
      return
    default:
      send(response, reply)
  }
}

function send(response: ServerResponse, reply: Reply, headers: Readonly<Record<string, string>> = {}): void {
  if ('location' in reply) response.writeHead(reply.status, { location: reply.location }).end()
  else if ('html' in reply) {
    // Only the page's own style, no script, no frame; the simulated citizen's link is told to nobody.
    const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    const secure = {
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    }
    response.writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8', ...secure, ...headers }).end(reply.html)
  } else response.writeHead(reply.status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(reply.json))
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) throw new Refusal(413, 'body_too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

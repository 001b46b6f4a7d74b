import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Express, Request, RequestHandler, Response } from 'express'
import { errorWords } from '../composition/error-words.ts'
import type { Limits } from '../composition/limits/limits.ts'
import type { Root } from '../composition/root.ts'
import type { KeyedRequest } from '../store/keys/once.ts'
import type { Endpoint, RawCall } from './endpoint.ts'
import { authenticate } from './http/authenticate.ts'
import { contentType } from './http/content-type.ts'
import { idempotencyKey } from './http/idempotency-key.ts'
import { limitWebhooks } from './http/limit-webhooks.ts'
import { localsOf } from './http/locals.ts'
import { API_BYTES_MAX, rawBody } from './http/raw-body.ts'
import { type Slowest, SLOWEST } from './http/slowest.ts'
import { takeUpload } from './http/take-upload.ts'
import { methodNotAllowed } from './http/unmatched.ts'
import type { Logger } from './log.ts'
import type { TellEngine } from './wake.ts'

const EMPTY = Buffer.alloc(0)

interface Parts {
  readonly root: Root
  readonly limits: Limits
  readonly slowest?: Slowest
  readonly tell: TellEngine
  readonly log: Logger
}

/** Puts endpoints on the app, each with its checks in one order: key, scope, Idempotency-Key, type, size. */
export function mountEndpoints(app: Express, endpoints: readonly Endpoint[], parts: Parts): void {
  const methods = new Map<string, string[]>()
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/\{([a-z]+)\}/g, ':$1')
    app[endpoint.method](path, ...checksOf(endpoint, path, parts), run(endpoint, parts))
    methods.set(path, [...(methods.get(path) ?? []), endpoint.method.toUpperCase()])
  }
  for (const [path, allowed] of methods) app.all(path, methodNotAllowed(allowed))
}

function checksOf({ method, access, input }: Endpoint, path: string, { root, limits, slowest = SLOWEST }: Parts): RequestHandler[] {
  const { bytesMax, types, uploads, stream }: NonNullable<Endpoint['input']> = input ?? {
    bytesMax: API_BYTES_MAX,
    types: ['application/json'],
  }
  const route: RequestHandler = (_req, res, next) => {
    localsOf(res).route = `${method.toUpperCase()} ${path}`
    next()
  }
  return [
    route,
    ...(path.startsWith('/webhooks/') ? [limitWebhooks(limits)] : []),
    ...(access === 'public' ? [] : [authenticate(root, limits, access)]),
    ...(access !== 'public' && method === 'post' ? [idempotencyKey] : []),
    ...(uploads === undefined ? [] : [takeUpload(uploads, root, slowest)]),
    ...(method === 'get' || method === 'delete'
      ? []
      : [...(types === 'any' ? [] : [contentType(types)]), ...(stream === true ? [] : [rawBody(bytesMax, slowest)])]),
  ]
}

function run(endpoint: Endpoint, { root, tell, log, slowest = SLOWEST }: Parts): RequestHandler {
  return async (req, res) => {
    const locals = localsOf(res)
    const { requestId, body = EMPTY, upload, caller } = locals
    const call: RawCall = {
      root,
      tell: (what, ask, wakes = []) => {
        locals.caused = [...(locals.caused ?? []), ...wakes.map(({ billId, factId }) => ({ billId, factId }))]
        return tell(what, ask)
      },
      log,
      requestId,
      body,
      upload,
      caller,
      now: root.clock.now(),
      params: req.params as Record<string, string>,
      url: req.originalUrl,
      headers: req.headers as Record<string, string | undefined>,
      keyed: keyedRequest(req, res),
      stream: req,
      slowest,
    }
    const { status, body: text, stream, headers = {} } = await endpoint.serve(call)
    res.status(status).set({ 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...headers })
    if (stream === undefined) res.end(text)
    else await sendPieces(stream, res, { log, requestId })
  }
}

/** At the caller's pace. What goes wrong on the way cuts the answer off, so that half of it is not taken for the whole. */
async function sendPieces(
  stream: AsyncIterable<string>,
  res: Response,
  { log, requestId }: { log: Logger; requestId: string },
): Promise<void> {
  try {
    await pipeline(stream, res)
  } catch (error) {
    log.warn({ requestId, ...errorWords(error) }, 'an answer was cut off')
    res.destroy()
  }
}

/** What an Idempotency-Key stands for: the credential, the route, and every byte that could make another request of it. */
function keyedRequest(req: Request, res: Response): KeyedRequest | undefined {
  const { caller, idempotencyKey: key, route, body = EMPTY } = localsOf(res)
  if (caller === undefined || key === undefined || route === undefined) return undefined
  const bytes = createHash('sha256')
    .update(`${req.originalUrl}\n${req.headers['content-type'] ?? ''}\n`)
    .update(body)
    .digest()
  return { credential: caller.id, route, key, bytes }
}

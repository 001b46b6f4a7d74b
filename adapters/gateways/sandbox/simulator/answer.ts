import type { Request, RequestHandler, Response } from 'express'
import type { Book } from './book.ts'
import type { ApiOp, Fault, Faults } from './faults.ts'
import { Refusal } from './refusal.ts'

/** What a handler did and says: a JSON body, or a text for files. It runs to its end without waiting, so requests never interleave. */
export type Handle = (request: Request, fault: Fault | undefined) => Record<string, unknown> | string

interface Reply {
  readonly status: number
  readonly body: Record<string, unknown> | string
}

/**
 * Wraps a handler of the merchant's API: the effect, then the journal on the disk, then the answer, with the injected
 * fault of this request, if any, before or after the effect.
 */
export const answering =
  (book: Book, faults: Faults) =>
  (op: ApiOp, keyOf: (request: Request) => string, handle: Handle): RequestHandler =>
  async (request, response) => {
    const key = keyOf(request)
    const fault = faults.take(op, key)
    if (fault !== undefined) {
      book.record({ op: 'fault', fault: `${op}.${fault.mode}`, key })
      if (fault.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 2_000))
      if (failBefore(fault, response)) return
    }
    const reply = effect(handle, request, fault)
    await book.flushed()
    if (fault !== undefined && failAfter(fault, reply, response)) return
    send(response, reply)
  }

function effect(handle: Handle, request: Request, fault: Fault | undefined): Reply {
  try {
    return { status: 200, body: handle(request, fault) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, body: { error: { code: error.code, message: error.message }, ...error.details } }
  }
}

function send(response: Response, { status, body }: Reply): void {
  response.status(status)
  if (typeof body === 'string') response.type('text/csv').send(body)
  else response.json(body)
}

function failBefore(fault: Fault, response: Response): boolean {
  switch (fault.mode) {
    case 'errorBefore':
      response.status(500).json({ error: { code: 'internal', message: 'The gateway failed before it did anything.' } })
      return true
    case 'rateLimit':
      response.status(429).set('retry-after', String(Math.ceil((fault.delayMs ?? 1_000) / 1_000)))
      response.json({ error: { code: 'rate_limited', message: 'Too many requests.' } })
      return true
    case 'htmlError':
      response
        .status(502)
        .type('html')
        .send('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>')
      return true
    default:
      return false
  }
}

function failAfter(fault: Fault, reply: Reply, response: Response): boolean {
  switch (fault.mode) {
    case 'errorAfterEffect':
      response.status(500).json({ error: { code: 'internal', message: 'The gateway failed after it had done its work.' } })
      return true
    case 'hangAfterEffect':
      // The connection stays open and silent until the client gives up.
      return true
    case 'drop':
      response.destroy()
      return true
    case 'brokenBody': {
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
      response.status(reply.status).type(typeof reply.body === 'string' ? 'text/csv' : 'json')
      response.send(text.slice(0, text.length / 2))
      return true
    }
    case 'wrongAmount':
      if (typeof reply.body === 'string' || typeof reply.body.amountMinor !== 'string') return false
      send(response, { ...reply, body: { ...reply.body, amountMinor: (BigInt(reply.body.amountMinor) + 1n).toString() } })
      return true
    default:
      return false
  }
}

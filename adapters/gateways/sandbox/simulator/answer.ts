import type { Request, RequestHandler } from 'express'
import { type FailureBody, failAfter, failBefore, type Reply, send } from '../../../kit/simulator/reply.ts'
import type { Book } from './book.ts'
import type { ApiOp, Fault, Faults } from './faults.ts'
import { Refusal } from './refusal.ts'

/** What a handler did and says: a JSON body, or a text for files. It runs to its end without waiting, so requests never interleave. */
export type Handle = (request: Request, fault: Fault | undefined) => Record<string, unknown> | string

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
      if (failBefore(fault, response, failed)) return
    }
    const reply = effect(handle, request, fault)
    await book.flushed()
    if (fault !== undefined && failAfter(fault, reply, response, failed)) return
    send(response, fault?.mode === 'wrongAmount' ? withWrongAmount(reply) : reply)
  }

function effect(handle: Handle, request: Request, fault: Fault | undefined): Reply {
  try {
    const body = handle(request, fault)
    return typeof body === 'string' ? { status: 200, csv: body } : { status: 200, json: body }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, json: { error: { code: error.code, message: error.message }, ...error.details } }
  }
}

const MESSAGES = { internal: 'The gateway failed.', rate_limited: 'Too many requests.', unavailable: 'The gateway is out of service.' }
const failed: FailureBody = (code) => ({ error: { code, message: MESSAGES[code] } })

/** The sum of money that an answer tells, one unit too high. */
function withWrongAmount(reply: Reply): Reply {
  const { amountMinor, ...rest } = ('json' in reply ? reply.json : {}) as { readonly amountMinor?: unknown }
  return typeof amountMinor === 'string'
    ? { status: reply.status, json: { ...rest, amountMinor: (BigInt(amountMinor) + 1n).toString() } }
    : reply
}

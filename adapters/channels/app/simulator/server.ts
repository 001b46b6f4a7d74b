import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type FailureBody, failAfter, failBefore, type Reply, send } from '../../../kit/simulator/reply.ts'
import { Refusal } from './refusal.ts'
import type { Desk, Request } from './request.ts'
import { routeOf } from './routes.ts'

const BODY_BYTES_MAX = 64 * 1024
const SLOW_MS = 2_000

/** Puts the relays behind one port. The caller lets it listen. */
export const createRelayServer = (desk: Desk): Server =>
  createServer((incoming, response) => {
    answer(desk, incoming, response).catch((error: unknown) => {
      if (!(error instanceof Refusal)) console.error(error)
      send(response, error instanceof Refusal ? refused(error) : { status: 500, json: failed('internal') })
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
  const fault = subject && desk.faults.takeOn(subject.relay, subject.op, subject.key)
  if (!subject || !fault) return send(response, effect(handle))
  const { relay, key, op } = subject
  desk.deliveries.record([{ event: 'fault', relay, key, at: Date.now(), fault: `${op}.${fault.mode}` }])
  if (fault.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? SLOW_MS))
  if (failBefore(fault, response, failed)) return
  const reply = effect(handle)
  if (!failAfter(fault, reply, response, failed)) send(response, reply)
}

function effect(handle: () => Reply): Reply {
  try {
    return handle()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error)
  }
}

const failed: FailureBody = (code) => ({ code })

const refused = ({ status, code }: Refusal): Reply => ({ status, json: { code } })

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

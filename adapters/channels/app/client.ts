import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Notice } from '../../../domain/ports/channel.ts'
import { type Failure, toProviderError } from './failures.ts'
import type { Relay } from './settings.ts'
import { parseJson } from '../../kit/http.ts'
import { signedHeaders } from '../../kit/signature.ts'
import { type DeliveryReport, deliveryReport, errorReport, reachabilityReport } from './wire.ts'

/** A relay that has not answered by then is treated like one whose connection broke. */
const TIMEOUT_MS = 10_000
/** Longer answers are not in the protocol; reading them to the end would let a relay fill our memory. */
const ANSWER_BYTES_MAX = 64 * 1024

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Signed with the request; for a delivery it is the idempotency key, so that the key cannot be exchanged. */
  readonly id: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Whether the call changes something at the relay. */
  readonly effect: boolean
}

interface Answer {
  readonly status: number
  readonly json: unknown
  readonly retryAfterMs: number | undefined
}

/** Is the citizen known to the relay, and has the citizen agreed to get official notices there? */
export async function askReachability(relay: Relay, recipient: string, signal: AbortSignal): Promise<boolean> {
  const body = JSON.stringify({ recipient })
  const call: Call = { method: 'POST', path: '/reachability', id: randomUUID(), body, effect: false }
  const { known, consented } = read(relay, call, await send(relay, call, signal), reachabilityReport)
  return known && consented
}

/** Hands a notice to the relay under our key; repeating it changes nothing and answers what became of the first one. */
export async function postDelivery(
  relay: Relay,
  key: string,
  recipient: string,
  notice: Notice,
  signal: AbortSignal,
): Promise<DeliveryReport> {
  const body = JSON.stringify({ recipient, notice })
  const call: Call = { method: 'POST', path: '/deliveries', id: key, body, headers: { 'idempotency-key': key }, effect: true }
  return read(relay, call, await send(relay, call, signal), deliveryReport)
}

/** What the relay knows of our key; null only if it says itself that it has never seen it. */
export async function askDelivery(relay: Relay, key: string, signal: AbortSignal): Promise<DeliveryReport | null> {
  const call: Call = { method: 'GET', path: `/deliveries/${encodeURIComponent(key)}`, id: randomUUID(), effect: false }
  const answer = await send(relay, call, signal)
  if (answer.status === 404 && errorReport.safeParse(answer.json).data?.code === 'delivery_unknown') return null
  return read(relay, call, answer, deliveryReport)
}

async function send(relay: Relay, call: Call, signal: AbortSignal): Promise<Answer> {
  // A request without a body has nothing else that says what is asked, so its method and path are signed instead.
  const signed = call.body ?? `${call.method} ${call.path}`
  try {
    const response = await fetch(`${relay.url}${call.path}`, {
      method: call.method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...call.headers,
        ...signedHeaders(relay.key, call.id, signed, Date.now()),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    const text = await readText(response)
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    return { status: response.status, json: parseJson(text), retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined }
  } catch (cause) {
    throw toProviderError(relay.name, call.effect, { kind: 'broken', code: codeOf(cause), cause })
  }
}

function read<T>(relay: Relay, call: Call, { status, json, retryAfterMs }: Answer, schema: z.ZodType<T>): T {
  const fail = (failure: Failure): never => {
    throw toProviderError(relay.name, call.effect, failure)
  }
  if (status < 200 || status > 299) return fail({ kind: 'answer', status, code: errorReport.safeParse(json).data?.code, retryAfterMs })
  const result = schema.safeParse(json)
  return result.success ? result.data : fail({ kind: 'malformed', status })
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > ANSWER_BYTES_MAX) throw Object.assign(new Error('The answer is too long.'), { code: 'ANSWER_TOO_LONG' })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The system's or the client's own code of a broken call; fetch hides it one level down. */
function codeOf(error: unknown): string {
  const { code, cause, name } = (error ?? {}) as { code?: unknown; cause?: unknown; name?: unknown }
  if (typeof code === 'string') return code
  return cause === undefined ? String(name) : codeOf(cause)
}

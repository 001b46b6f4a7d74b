import { Webhook } from 'standardwebhooks'
import { type Dispatcher, request } from 'undici'
import type { WebhookCall } from '../../activities/ports.ts'
import type { AttemptResult } from '../../store/webhooks/attempts.ts'
import type { Config } from '../config.ts'
import type { Clock } from '../clock.ts'
import { classOf } from './error-class.ts'
import { guardedAgent } from './guarded-agent.ts'
import { openSecret } from './secret-box.ts'
import { flawOf, type Reach, reachOf } from './webhook-url.ts'

/** One call has this long, from the connection to the end of what is read of the answer. */
const TIMEOUT_MS = 20_000
/** Standard Webhooks: receivers need not take more. */
const BODY_BYTES_MAX = 20_000
/** Of an answer only this much is kept; of a longer one nothing more is read. */
const ANSWER_BYTES_MAX = 1_000

export type PostWebhook = (call: WebhookCall, timeoutMs?: number) => Promise<AttemptResult>

interface Parts {
  readonly config: Config
  readonly clock: Clock
}

const made = new WeakMap<Parts, PostWebhook>()

/** The one caller of a process, with its connections. */
export function postWebhookOf(parts: Parts): PostWebhook {
  const known = made.get(parts) ?? createPostWebhook(parts)
  made.set(parts, known)
  return known
}

/** Calls endpoints of institutions: signed, guarded, never following a redirect. What comes of it is answered, never thrown. */
export function createPostWebhook({ config, clock }: Parts, agentOf: (reach: Reach) => Dispatcher = guardedAgent): PostWebhook {
  const agents = { test: agentOf(reachOf(config, 'test')), live: agentOf(reachOf(config, 'live')) }
  return async (call, timeoutMs = TIMEOUT_MS) => {
    const began = clock.now()
    const result = (rest: Partial<AttemptResult>): AttemptResult => ({
      status: null,
      error: null,
      answer: null,
      retryAfter: null,
      ...rest,
      ms: Math.max(0, clock.now() - began),
    })
    try {
      const url = new URL(call.url)
      if (flawOf(url, reachOf(config, call.mode)) !== null) return result({ error: 'forbiddenAddress' })
      if (Buffer.byteLength(call.body) > BODY_BYTES_MAX) return result({ error: 'bodyTooLarge' })
      const response = await request(url, {
        method: 'POST',
        dispatcher: agents[call.mode],
        headers: headersOf(call, config.GOJI_PEPPER, began),
        body: call.body,
        signal: AbortSignal.timeout(timeoutMs),
      })
      const { statusCode: status } = response
      return result({
        status,
        error: status >= 200 && status < 300 ? null : status >= 300 && status < 400 ? 'redirect' : 'status',
        answer: await beginningOf(response.body, status),
        retryAfter: secondsOf(response.headers['retry-after']),
      })
    } catch (error) {
      return result({ error: classOf(error) })
    }
  }
}

function headersOf({ eventId, endpointId, body, secrets }: WebhookCall, pepper: string, now: number): Record<string, string> {
  const at = new Date(now)
  const signatures = secrets.map((sealed) => new Webhook(openSecret(pepper, endpointId, sealed)).sign(eventId, at, body))
  return {
    'content-type': 'application/json',
    'user-agent': 'Goji-Webhooks/1',
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': signatures.join(' '),
  }
}

/** The first bytes of an answer; then it is let go, however long it would be. A success needs no words. */
async function beginningOf(body: Dispatcher.ResponseData['body'], status: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if (length >= ANSWER_BYTES_MAX) break
    }
  } catch (error) {
    // The status has come already: what it says counts, also where the rest was cut off.
    if (status >= 300) return null
    if (classOf(error) === 'timeout') return null
  } finally {
    body.destroy()
  }
  const text = Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString('utf8')
  return text === '' ? null : text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ')
}

const secondsOf = (header: string | string[] | undefined): number | null =>
  typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null

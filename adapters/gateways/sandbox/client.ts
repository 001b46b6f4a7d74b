import { type CallKind, parseJson, readText } from '../../kit/http.ts'
import { badStatus, noAnswer, notStarted, unreadable } from './failures.ts'
import type { Settings } from './settings.ts'
import { readErrorCode } from './wire.ts'

const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** A settlement file of about a million lines. */
const MAX_FILE_BYTES = 256 * 1024 * 1024

export interface Call {
  readonly kind: CallKind
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Our key, sent as Idempotency-Key. */
  readonly key?: string
  readonly body?: object
  /** Refusals that are an answer: their codes. All else but 200 is thrown. */
  readonly answers?: readonly string[]
  readonly signal: AbortSignal
}

/** `code` is undefined for 200, else one of the call's `answers`. */
export interface Answer {
  readonly code: string | undefined
  readonly body: unknown
}

/** The gateway's HTTP interface; it throws ProviderError and nothing else. */
export interface Client {
  json(call: Call): Promise<Answer>
  text(call: Call): Promise<string>
}

export function createClient({ url, secret }: Settings): Client {
  const send = async (call: Call, limit: number): Promise<{ response: Response; text: string }> => {
    if (call.signal.aborted) throw notStarted(call.signal.reason)
    try {
      const response = await fetch(`${url}${call.path}`, {
        method: call.method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        // A redirect would carry the secret and the payment to an address that nobody configured.
        redirect: 'manual',
        signal: call.signal,
      })
      return { response, text: await readText(response, limit) }
    } catch (error) {
      throw noAnswer(call.kind, error, call.signal)
    }
  }

  return {
    async json(call) {
      const { response, text } = await send(call, MAX_ANSWER_BYTES)
      const body = parseJson(text)
      const code = body === undefined ? undefined : readErrorCode(body)
      if (response.status !== 200 && !(code !== undefined && call.answers?.includes(code))) {
        throw badStatus(call.kind, response.status, code, response.headers.get('retry-after'))
      }
      if (body === undefined) throw unreadable(call.kind)
      return { code: response.status === 200 ? undefined : code, body }
    },
    async text(call) {
      const { response, text } = await send(call, MAX_FILE_BYTES)
      if (response.status === 200) return text
      throw badStatus(call.kind, response.status, readErrorCode(parseJson(text)), response.headers.get('retry-after'))
    },
  }
}

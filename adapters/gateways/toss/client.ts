import { refusal, unreadable } from '../../kit/failures.ts'
import { type CallKind, callProvider } from '../../kit/http.ts'
import { FAILURES } from './failures.ts'
import type { Settings } from './settings.ts'
import { errorSchema } from './wire.ts'

export interface Call {
  readonly kind: CallKind
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
  /** Sent as Idempotency-Key. */
  readonly key?: string
  /** Refusals that are an answer: their codes. All else but 200 is thrown. */
  readonly answers?: readonly string[]
  readonly signal: AbortSignal
}

/** `code` is undefined for a success, else one of the call's `answers`. */
export interface Answer {
  readonly code: string | undefined
  readonly body: unknown
  /** Milliseconds, the gateway's clock. */
  readonly date: number | undefined
}

export type Client = (call: Call) => Promise<Answer>

/** Toss Payments' API; it throws ProviderError and nothing else. */
export const createClient =
  ({ url, secretKey }: Settings): Client =>
  async (call) => {
    const answer = await callProvider({
      kind: call.kind,
      method: call.method,
      url: `${url}${call.path}`,
      headers: {
        // The secret key is the user, and there is no password.
        authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`,
        ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      signal: call.signal,
      bytesMax: 64 * 1024 * 1024,
    })
    if (answer.status === 200) {
      if (answer.body === undefined) throw unreadable(call.kind)
      return { code: undefined, body: answer.body, date: answer.date }
    }
    const code = errorSchema.safeParse(answer.body).data?.code
    if (code !== undefined && call.answers?.includes(code)) return { code, body: answer.body, date: answer.date }
    throw refusal(call.kind, answer, code, FAILURES)
  }

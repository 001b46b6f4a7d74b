import { refusal, unreadable } from '../../../adapters/kit/failures.ts'
import { type CallKind, callProvider } from '../../../adapters/kit/http.ts'
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
  readonly signal: AbortSignal
}

/** The body of a success; null where the provider says that it does not know what is asked for. */
export type Client = (call: Call) => Promise<unknown>

/** YOURS: how a call proves who makes it. It throws ProviderError and nothing else. */
export const createClient =
  ({ url, secret }: Settings): Client =>
  async ({ kind, method, path, body, key, signal }) => {
    const headers = { authorization: `Bearer ${secret}`, ...(key === undefined ? {} : { 'idempotency-key': key }) }
    const answer = await callProvider({ kind, method, url: `${url}${path}`, headers, ...(body === undefined ? {} : { body }), signal })
    const code = errorSchema.safeParse(answer.body).data?.code
    if (answer.status === 404 && code === 'unknown') return null
    if (answer.status !== 200) throw refusal(kind, answer, code, FAILURES)
    if (answer.body === undefined) throw unreadable(kind)
    return answer.body
  }

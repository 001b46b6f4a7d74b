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
  /** Errors that are an answer: their types. All else but 2xx is thrown. */
  readonly answers?: readonly string[]
  readonly signal: AbortSignal
}

/** `code` is undefined for a success, else one of the call's `answers`. */
export type Client = (call: Call) => Promise<{ readonly code: string | undefined; readonly body: unknown }>

/** PortOne's API V2; it throws ProviderError and nothing else. */
export const createClient =
  ({ url, secret }: Pick<Settings, 'url' | 'secret'>): Client =>
  async ({ kind, method, path, body, answers, signal }) => {
    const headers = { authorization: `PortOne ${secret}` }
    const answer = await callProvider({ kind, method, url: `${url}${path}`, headers, ...(body === undefined ? {} : { body }), signal })
    if (answer.status >= 200 && answer.status <= 299) {
      if (answer.body === undefined) throw unreadable(kind)
      return { code: undefined, body: answer.body }
    }
    const code = errorSchema.safeParse(answer.body).data?.type
    if (code !== undefined && answers?.includes(code)) return { code, body: answer.body }
    throw refusal(kind, answer, code, FAILURES)
  }

import { ProviderError } from '../../../domain/errors.ts'
import { type CallKind, networkCode, NEVER_SENT, uncertain } from '../../kit/http.ts'

/** No answer, or not the whole of it: refused before sending, broken, or given up by us. */
export function noAnswer(kind: CallKind, cause: unknown, signal: AbortSignal): ProviderError {
  if (NEVER_SENT.has(networkCode(cause))) {
    return new ProviderError('temporary', 'gateway_unreachable', 'The gateway cannot be reached; nothing was sent.', { cause })
  }
  const given = signal.aborted
  const message = given ? 'The gateway did not answer in time.' : 'The connection to the gateway broke.'
  return new ProviderError(uncertain(kind), given ? 'gateway_timeout' : 'connection_broken', message, { cause })
}

/** The call was given up before it began, so nothing was sent. */
export const notStarted = (cause: unknown): ProviderError =>
  new ProviderError('temporary', 'call_given_up', 'The call to the gateway was given up before it began.', { cause })

/** An answer with a status that the call does not expect. `code` is the gateway's own word for it, if it gave a well-formed one. */
export function badStatus(kind: CallKind, status: number, code: string | undefined, retryAfter: string | null): ProviderError {
  if (status === 429) {
    const seconds = /^[0-9]{1,6}$/.test(retryAfter ?? '') ? { retryAfter: Number(retryAfter) * 1_000 } : {}
    return new ProviderError('temporary', 'rate_limited', 'The gateway asks for fewer requests.', seconds)
  }
  if (status === 401 || status === 403) {
    return new ProviderError('technical', 'credentials_refused', 'The gateway refuses our secret. Check SANDBOX_SECRET.')
  }
  if (status >= 500 || status === 408) {
    return new ProviderError(uncertain(kind), 'gateway_error', `The gateway failed with status ${status}.`)
  }
  if (code !== undefined && [404, 409, 410, 422].includes(status)) {
    return new ProviderError('permanent', code, `The gateway refuses the request: ${code}.`)
  }
  return new ProviderError(
    'technical',
    'status_unexpected',
    `The gateway answered with status ${status}. Check SANDBOX_URL and what was sent.`,
  )
}

/** An answer that is not JSON to its end, such as a page of a proxy. Another attempt may bring a whole one. */
export const unreadable = (kind: CallKind): ProviderError =>
  new ProviderError(uncertain(kind), 'answer_unreadable', "The gateway's answer is cut short or is not JSON.")

/** A readable answer that does not say what it has to. Another attempt of a question would bring the same. */
export const malformed = (kind: CallKind, what: string): ProviderError =>
  new ProviderError(
    kind === 'effect' ? 'unknown' : 'technical',
    'answer_malformed',
    `The gateway's answer is not what it has to be: ${what}.`,
  )

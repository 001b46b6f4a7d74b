import { GojiError, type ErrorKind, LimitError } from '../domain/errors.ts'
import { outageOf } from './outage.ts'

/** An answer that says what went wrong (RFC 9457). `code` is stable and explained in docs/errors.md. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** This one occurrence, by the request's id. */
  readonly instance: string
  readonly code: string
  /** JSON pointer to the field at fault, where there is one. */
  readonly pointer?: string
  readonly requestId: string
}

/**
 * A request that breaks the protocol (framing, JSON, parameters, size) and so never reaches the domain, which has no
 * words for it. The status is fixed where the request is refused, because HTTP has one for each of these.
 */
export class RequestError extends Error {
  readonly status: number
  readonly code: string
  readonly pointer: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    options: { pointer?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.name = 'RequestError'
    this.status = status
    this.code = code
    this.pointer = options.pointer
    this.headers = options.headers ?? {}
  }
}

const STATUS: Record<ErrorKind, number> = {
  invalid: 422,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
}

const TITLES: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'The caller is not known',
  403: 'The key may not do this',
  404: 'Not found',
  405: 'The method is not allowed here',
  408: 'The request took too long',
  409: 'The state of things does not allow it',
  413: 'The request is too large',
  415: 'The content type is not taken here',
  422: 'The request breaks a rule',
  429: 'Too many requests',
  431: 'The headers are too large',
  500: 'Something went wrong on our side',
  503: 'Out of service for the moment',
}

/** Seconds after which a caller may try again: a restart of a dependency takes about that. */
const RETRY_AFTER = '2'

interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly pointer?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** The one map from errors to statuses. What it does not know is our mistake: it says so and nothing about it. */
export function toProblem(error: unknown, requestId: string): { problem: Problem; headers: Readonly<Record<string, string>> } {
  const { status, code, detail, pointer, headers } = refusalOf(error)
  const problem: Problem = {
    type: `urn:goji:error:${code}`,
    title: TITLES[status] ?? 'The request was refused',
    status,
    detail,
    instance: `urn:goji:request:${requestId}`,
    code,
    ...(pointer === undefined ? {} : { pointer }),
    requestId,
  }
  return { problem, headers: headers ?? {} }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestError)
    return { status: error.status, code: error.code, detail: error.message, pointer: error.pointer, headers: error.headers }
  if (error instanceof GojiError) return refusalOfGoji(error)
  const outage = outageOf(error)
  if (outage !== null) {
    const detail = 'A part that is needed for this does not answer. Try again with the same Idempotency-Key: nothing is done twice.'
    return { status: 503, code: `${outage}_unavailable`, detail, headers: { 'Retry-After': RETRY_AFTER } }
  }
  // The router refuses a path that is not valid percent-encoding before any of our code runs.
  if (error instanceof URIError || (error as { status?: unknown } | null)?.status === 400) {
    return { status: 400, code: 'path_malformed', detail: 'The path is not valid percent-encoded UTF-8. Encode it again.' }
  }
  return {
    status: 500,
    code: 'internal_error',
    detail: 'An error that is ours. Try again with the same Idempotency-Key, and tell us the request id if it stays.',
  }
}

function refusalOfGoji(error: GojiError): Refusal {
  const { kind, code, message, pointer } = error
  return { status: STATUS[kind], code, detail: message, pointer, headers: headersOf(error) }
}

function headersOf(error: GojiError): Record<string, string> {
  if (error instanceof LimitError) return { 'Retry-After': String(Math.max(1, Math.ceil(error.wait / 1_000))) }
  if (error.kind === 'unauthorized') return { 'WWW-Authenticate': 'Bearer' }
  return error.kind === 'unavailable' ? { 'Retry-After': RETRY_AFTER } : {}
}

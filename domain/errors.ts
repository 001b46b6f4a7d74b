/**
 * Errors that Goji answers on purpose. Each has a stable `code` (documented in docs/errors.md), a sentence that
 * names the remedy and, where input is at fault, a JSON pointer to the field. `api/problem.ts` turns them into
 * problem+json and `activities/failure.ts` into Temporal failures; nothing else constructs a status or a failure.
 */
export type ErrorKind = 'invalid' | 'unauthorized' | 'forbidden' | 'notFound' | 'conflict' | 'limited' | 'unavailable'

export class GojiError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly pointer: string | undefined

  constructor(kind: ErrorKind, code: string, message: string, pointer?: string) {
    super(message)
    this.name = 'GojiError'
    this.kind = kind
    this.code = code
    this.pointer = pointer
  }
}

/** Input that breaks a rule. `pointer` is a JSON pointer such as `/amount/currency`. */
export const invalid = (code: string, message: string, pointer?: string): GojiError => new GojiError('invalid', code, message, pointer)

/** The request is well formed, but the state of things does not allow it. */
export const conflict = (code: string, message: string, pointer?: string): GojiError => new GojiError('conflict', code, message, pointer)

/** Something was asked for too often. It may be asked for again later. */
export class LimitError extends GojiError {
  /** Milliseconds until another attempt is of use. */
  readonly wait: number

  constructor(code: string, message: string, wait: number) {
    super('limited', code, message)
    this.wait = wait
  }
}

/** The thing does not exist, or is not the caller's: the two are never told apart. */
export const notFound = (what: string): GojiError =>
  new GojiError('notFound', `${what}_not_found`, `There is no such ${what}, or it is not yours. Check the id and the key.`)

/**
 * What a provider's failure means to us, decided by its adapter alone (GOV.UK Notify's three kinds, plus `unknown`).
 * - `temporary`: the same call may succeed later.
 * - `permanent`: no repetition helps; the next channel, or a refusal, is due.
 * - `technical`: our own mistake (credentials, malformed request): retried slowly, and somebody is alerted.
 * - `unknown`: the call may have taken effect; ask, never try again under another key.
 */
export type ProviderFailureKind = 'temporary' | 'permanent' | 'technical' | 'unknown'

export class ProviderError extends Error {
  readonly kind: ProviderFailureKind
  readonly code: string
  /** Milliseconds to wait before the next attempt, when the provider says so (Retry-After). */
  readonly retryAfter: number | undefined

  constructor(kind: ProviderFailureKind, code: string, message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ProviderError'
    this.kind = kind
    this.code = code
    this.retryAfter = options.retryAfter
  }
}

export type ProviderKind = 'channel' | 'gateway'

/** An operator has stopped a provider: nothing new goes to it until it is resumed, and what waits goes on by itself then. */
export class StoppedError extends GojiError {
  /** As operators name it: `gateway:NAME`. */
  readonly provider: string
  /** Milliseconds to wait before the next attempt, where the caller's own waits would be too long. */
  retryAfter: number | undefined

  constructor(kind: ProviderKind, name: string) {
    super('unavailable', 'provider_stopped', 'This is stopped by the operator for the moment. Try again later: nothing has happened.')
    this.name = 'StoppedError'
    this.provider = `${kind}:${name}`
  }
}

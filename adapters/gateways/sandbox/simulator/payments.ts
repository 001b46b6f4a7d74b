import { randomBytes } from 'node:crypto'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { Method } from './entries.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './state.ts'

/** After so many declined attempts the session takes no other. */
export const MAX_DECLINES = 3

export interface NewSession {
  readonly amountMinor: string
  readonly currency: string
  readonly title: string
  readonly language: 'ko' | 'en'
  readonly returnUrl: string
  readonly expiresAt: number
}

/** The life of a payment: opened, authorized by the citizen, captured by the merchant, or ended without money. */
export class Payments {
  readonly #book: Book
  readonly #clock: Clock

  constructor(book: Book, clock: Clock) {
    this.#book = book
    this.#clock = clock
  }

  /** @throws Refusal 422 where the key stands for another request or the time is already over, 410 where it was cancelled first. */
  open(key: string, request: NewSession): Session {
    const { state } = this.#book
    const known = state.sessions.get(key)
    if (known !== undefined) {
      if (!sameRequest(known, request)) throw new Refusal(422, 'idempotency_mismatch', 'This key was used with another body.')
      return known
    }
    if (state.barred.has(key)) throw barredKey()
    if (request.expiresAt <= this.#clock.now()) throw new Refusal(422, 'expires_in_past', 'expiresAt is already past.')
    this.#book.record({ op: 'session', key, reference: `pay_${random(12)}`, token: random(24), ...request })
    return this.byKey(key)
  }

  /** @throws Refusal 404, or 410 where the key was cancelled before a session was opened under it. */
  byKey(key: string): Session {
    if (this.#book.state.barred.has(key)) throw barredKey()
    return this.#present(this.#book.state.sessions.get(key))
  }

  /** @throws Refusal 404 */
  byToken(token: string): Session {
    return this.#present(this.#book.state.byToken.get(token))
  }

  /** @throws Refusal 404 */
  byReference(reference: string): Session {
    return this.#present(this.#book.state.byReference.get(reference))
  }

  /** The citizen pays. `paidAt` is for simulated citizens who pay at a time of their own. @throws Refusal 409 unless the session is open. */
  authorize(session: Session, method: Method, paidAt = this.#clock.now()): void {
    requireStatus(session, 'OPEN')
    this.#book.record({ op: 'authorize', ...words(session), method, paidAt })
  }

  /** The citizen's attempt fails; a `final` one, or the last that is allowed, ends the session. @throws Refusal 409 unless it is open. */
  decline(session: Session, code: string, final = false): void {
    requireStatus(session, 'OPEN')
    this.#book.record({ op: 'decline', ...words(session), code, final: final || session.declines + 1 >= MAX_DECLINES })
  }

  /** The merchant takes the money; a second time returns the first. @throws Refusal 409 where nothing is authorized. */
  capture(session: Session): void {
    if (session.status === 'CAPTURED') return
    requireStatus(session, 'AUTHORIZED')
    if (session.method === undefined || session.paidAt === undefined) throw new Error('An authorized session has a method and a time.')
    this.#book.record({ op: 'capture', ...words(session), method: session.method, paidAt: session.paidAt })
  }

  /** The issuer changes its mind between authorization and capture. @throws Refusal 409 where nothing is authorized. */
  refuseCapture(session: Session): void {
    requireStatus(session, 'AUTHORIZED')
    this.#book.record({ op: 'decline', ...words(session), code: 'insufficient_funds', final: true })
  }

  /** The payer's bank asks for the money of a payment, takes it, or gives up. @throws Refusal 409 where none was taken, or it is taken back already. */
  claim(session: Session, state: 'DISPUTED' | 'REVERSED' | 'RETURNED' | 'WON'): void {
    requireStatus(session, 'CAPTURED')
    if (session.claim?.state === 'REVERSED' || session.claim?.state === 'RETURNED')
      throw new Refusal(409, 'payment_taken_back', 'The payment is taken back already.')
    const reference = session.claim?.reference ?? `clm_${random(12)}`
    const amountMinor = (session.amountMinor - session.refundedMinor).toString()
    this.#book.record({ op: 'claim', ...words(session), amountMinor, reference, payment: session.reference, state })
  }

  /** Ends a session that holds no money; an authorization is released. @throws Refusal 409 where the money was taken. */
  cancel(session: Session): void {
    if (session.status === 'CAPTURED') requireStatus(session, 'OPEN')
    if (session.status === 'OPEN' || session.status === 'AUTHORIZED') this.#book.record({ op: 'cancel', ...words(session) })
  }

  /** Cancels a key under which no session was opened (its request may still be on the way): none can be opened any more. */
  bar(key: string): void {
    if (!this.#book.state.barred.has(key)) this.#book.record({ op: 'bar', key })
  }

  /** A session expires when somebody looks at it after its time, so no timer is needed for any number of them. */
  #present(session: Session | undefined): Session {
    if (session === undefined) throw new Refusal(404, 'session_not_found', 'There is no such session.')
    if (session.status === 'OPEN' && this.#clock.now() >= session.expiresAt) this.#book.record({ op: 'expire', ...words(session) })
    return session
  }
}

/** What the merchant is told of a payment. */
export const paymentAnswer = (session: Session): Record<string, unknown> => ({
  key: session.key,
  reference: session.reference,
  status: session.status,
  amountMinor: session.amountMinor.toString(),
  currency: session.currency,
  expiresAt: session.expiresAt,
  ...(session.method === undefined ? {} : { method: session.method, paidAt: session.paidAt }),
  ...(session.claim === undefined ? {} : { claim: session.claim }),
  ...(session.declineCode === undefined ? {} : { declineCode: session.declineCode }),
})

function requireStatus(session: Session, status: 'OPEN' | 'AUTHORIZED' | 'CAPTURED'): void {
  if (session.status === status) return
  throw new Refusal(409, 'payment_state', `The payment is ${session.status}, not ${status}.`, { payment: paymentAnswer(session) })
}

const barredKey = () => new Refusal(410, 'session_cancelled', 'This key was cancelled before a session was opened under it.')

const words = (session: Session) => ({
  key: session.key,
  reference: session.reference,
  amountMinor: session.amountMinor.toString(),
  currency: session.currency,
})

const sameRequest = (session: Session, request: NewSession): boolean =>
  session.amountMinor.toString() === request.amountMinor &&
  session.currency === request.currency &&
  session.title === request.title &&
  session.language === request.language &&
  session.returnUrl === request.returnUrl &&
  session.expiresAt === request.expiresAt

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')

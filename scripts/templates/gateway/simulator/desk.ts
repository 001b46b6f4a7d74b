import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../../adapters/kit/simulator/serve.ts'
import type { World } from '../../../../adapters/kit/simulator/world.ts'
import type { Books, Entry, Payment, Refund } from './books.ts'

export interface NewSession {
  readonly minor: string
  readonly currency: string
  readonly returnUrl: string
  readonly expiresAt: number
}
export interface NewRefund {
  readonly reference: string
  readonly minor: string
  readonly currency: string
}

const refused = (status: number, code: string): Refusal => new Refusal(status, { code })
const newReference = (prefix: string): string => `${prefix}_${randomBytes(9).toString('hex')}`

/** YOURS: the provider's rules: which state allows what, and what is told to the merchant. */
export class Desk {
  readonly books: Books
  readonly #world: World<Entry>

  constructor(world: World<Entry>, books: Books) {
    this.#world = world
    this.books = books
  }

  open(key: string, { minor, currency, returnUrl, expiresAt }: NewSession): Payment {
    const before = this.books.payments.get(key)
    if (this.books.barred.has(key)) throw refused(422, 'session_barred')
    if (before && (before.minor !== BigInt(minor) || before.currency !== currency)) throw refused(422, 'session_differs')
    if (!before) this.#world.record({ op: 'opened', key, reference: newReference('pay'), minor, currency, expiresAt, returnUrl })
    return this.find(key)
  }

  find(key: string): Payment {
    const payment = this.books.payments.get(key)
    if (!payment) throw refused(404, 'unknown')
    if (payment.status === 'open' && this.#world.now() >= payment.expiresAt) this.#end(payment, 'expired')
    return payment
  }

  authorize(key: string, method: string): boolean {
    if (!this.books.payments.has(key) || this.find(key).status !== 'open') return false
    this.#world.record({ op: 'authorized', key, method })
    this.#tell('payment', key)
    return true
  }

  capture(key: string, declines: boolean): Payment {
    const payment = this.find(key)
    if (payment.status !== 'authorized') return payment
    if (declines) this.#end(payment, 'declined')
    else {
      const { reference, currency, minor } = payment
      this.#world.record({ op: 'capture', key, reference, minor: String(minor), currency })
      this.#tell('payment', key)
    }
    return payment
  }

  cancel(key: string): Payment | null {
    if (!this.books.payments.has(key)) {
      this.#world.record({ op: 'barred', key })
      return null
    }
    const payment = this.find(key)
    if (payment.status === 'open' || payment.status === 'authorized') this.#end(payment, 'cancelled')
    return payment
  }

  decline(key: string): void {
    const payment = this.find(key)
    if (payment.status === 'open') this.#end(payment, 'declined')
  }

  /** @param after Milliseconds until it is done; null where it fails. */
  refund(key: string, { reference, minor, currency }: NewRefund, after: number | null): Refund {
    const before = this.books.refunds.get(key)
    if (before && before.minor !== BigInt(minor)) throw refused(422, 'refund_differs')
    if (before) return this.findRefund(key)
    const payment = this.books.byReference.get(reference)
    if (!payment) throw refused(422, 'payment_unknown')
    if (payment.status !== 'captured' || payment.currency !== currency) throw refused(422, 'not_captured')
    if (BigInt(minor) > this.books.refundable(payment)) throw refused(422, 'amount_too_large')
    const dueAt = after === null ? null : this.#world.now() + after
    this.#world.record({ op: 'refundAsked', key, payment: payment.key, reference: newReference('rfd'), minor, currency, dueAt })
    if (dueAt === null) this.#tell('refund', key)
    return this.findRefund(key)
  }

  findRefund(key: string): Refund {
    const refund = this.books.refunds.get(key)
    if (!refund) throw refused(404, 'unknown')
    if (refund.status === 'running' && refund.dueAt !== null && this.#world.now() >= refund.dueAt) {
      const { reference, minor, currency } = refund
      this.#world.record({ op: 'refund', key, reference, minor: String(minor), currency })
      this.#tell('refund', key)
    }
    return refund
  }

  #end(payment: Payment, status: 'declined' | 'cancelled' | 'expired'): void {
    this.#world.record({ op: 'ended', key: payment.key, status })
    this.#tell('payment', payment.key)
  }

  #tell(subject: 'payment' | 'refund', key: string): void {
    this.#world.tell(key, { subject, key })
  }
}

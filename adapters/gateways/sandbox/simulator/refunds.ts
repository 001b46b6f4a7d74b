import { createHash, randomBytes } from 'node:crypto'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { Payments } from './payments.ts'
import { Refusal } from './refusal.ts'
import type { Refund } from './state.ts'

export interface NewRefund {
  /** The payment's reference. */
  readonly reference: string
  readonly amountMinor: string
  readonly currency: string
  readonly reason: string
  /** Where it goes, if not back the way the payment came. */
  readonly account?: { readonly bank: string; readonly number: string; readonly holder: string } | undefined
}

/** How a refund goes: at once, after a while, or not at all. The last two happen on request only (faults.ts). */
export type RefundCourse = { readonly kind: 'now' | 'fail' } | { readonly kind: 'after'; readonly ms: number }

/** Money back, never more of a payment than was captured, counting the refunds that are still running. */
export class Refunds {
  readonly #book: Book
  readonly #clock: Clock
  readonly #payments: Payments
  readonly #timers = new Map<Refund, NodeJS.Timeout>()

  constructor(book: Book, clock: Clock, payments: Payments) {
    this.#book = book
    this.#clock = clock
    this.#payments = payments
    this.finishDue()
  }

  /** @throws Refusal 422 where the key stands for another request or less is left than asked for, 404 for an unknown payment. */
  request(key: string, request: NewRefund, course: RefundCourse): Refund {
    const known = this.#book.state.refunds.get(key)
    if (known !== undefined) {
      if (!sameRequest(known, request)) throw new Refusal(422, 'idempotency_mismatch', 'This key was used with another body.')
      return known
    }
    const payment = this.#payments.byReference(request.reference)
    if (payment.status !== 'CAPTURED') throw new Refusal(422, 'payment_not_captured', 'Only a captured payment can be refunded.')
    if (payment.currency !== request.currency) throw new Refusal(422, 'currency_mismatch', `The payment is in ${payment.currency}.`)
    const left = payment.amountMinor - payment.refundedMinor
    if (BigInt(request.amountMinor) > left) {
      throw new Refusal(422, 'refund_exceeds_captured', `Only ${left} minor units of the payment can still be refunded.`)
    }
    const words = {
      key,
      reference: `rfd_${randomBytes(12).toString('base64url')}`,
      payment: payment.reference,
      paymentKey: payment.key,
      amountMinor: request.amountMinor,
      currency: request.currency,
      reason: request.reason,
      ...accountOf(request),
    }
    if (course.kind === 'now') this.#book.record({ op: 'refund', ...words })
    if (course.kind === 'fail') this.#book.record({ op: 'refundFailed', ...words, code: 'account_closed' })
    if (course.kind === 'after') this.#book.record({ op: 'refundRunning', ...words, dueAt: this.#clock.now() + course.ms })
    this.finishDue()
    return this.byKey(key)
  }

  /** @throws Refusal 404 */
  byKey(key: string): Refund {
    const refund = this.#book.state.refunds.get(key)
    if (refund === undefined) throw new Refusal(404, 'refund_not_found', 'There is no such refund.')
    return refund
  }

  /** Ends the running refunds whose time has come and sets a timer for the others; called whenever the clock is moved. */
  finishDue(): void {
    for (const refund of [...this.#book.state.running]) {
      clearTimeout(this.#timers.get(refund))
      const wait = (refund.dueAt ?? 0) - this.#clock.now()
      if (wait > 0) {
        this.#timers.set(
          refund,
          setTimeout(() => this.finishDue(), Math.min(wait, 2_147_483_647)),
        )
        continue
      }
      this.#timers.delete(refund)
      this.#book.record({
        op: 'refund',
        key: refund.key,
        reference: refund.reference,
        payment: refund.payment.reference,
        paymentKey: refund.payment.key,
        amountMinor: refund.amountMinor.toString(),
        currency: refund.payment.currency,
        reason: refund.reason,
        ...(refund.account === undefined ? {} : { account: refund.account }),
      })
    }
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }
}

/** What the merchant is told of a refund. */
export const refundAnswer = (refund: Refund): Record<string, unknown> => ({
  key: refund.key,
  reference: refund.reference,
  payment: refund.payment.reference,
  status: refund.status,
  amountMinor: refund.amountMinor.toString(),
  currency: refund.payment.currency,
  ...(refund.doneAt === undefined ? {} : { refundedAt: refund.doneAt }),
  ...(refund.failureCode === undefined ? {} : { failureCode: refund.failureCode }),
})

/** The journal is no place for anybody's account: its hash tells as well whether a repetition is the same. */
const accountOf = ({ account }: NewRefund): { account?: string } =>
  account === undefined
    ? {}
    : {
        account: createHash('sha256')
          .update(JSON.stringify([account.bank, account.number, account.holder]))
          .digest('hex'),
      }

const sameRequest = (refund: Refund, request: NewRefund): boolean =>
  refund.payment.reference === request.reference &&
  refund.amountMinor.toString() === request.amountMinor &&
  refund.payment.currency === request.currency &&
  refund.reason === request.reason &&
  refund.account === accountOf(request).account

import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../kit/simulator/serve.ts'
import type { World } from '../../../kit/simulator/world.ts'
import { type Cancellation, cancelledOf, type Books, type Payment } from './books.ts'
import type { Entry } from './entries.ts'

const refused = (status: number, type: string): Refusal => new Refusal(status, { type, message: type })

export interface CancelBody {
  readonly amount?: number | undefined
  readonly reason: string
  readonly currentCancellableAmount?: number | undefined
  readonly refundAccount?: { readonly number: string } | undefined
}

/** The life of a payment as PortOne documents it; each change is told by a webhook that names the payment. */
export class Payments {
  readonly books: Books
  readonly #world: World<Entry>
  readonly #storeId: string

  constructor(world: World<Entry>, books: Books, storeId: string) {
    this.#world = world
    this.books = books
    this.#storeId = storeId
  }

  register(id: string, amount: number): void {
    const before = this.books.byId.get(id)
    if (before?.paidAt !== undefined) throw refused(409, 'ALREADY_PAID')
    if (before?.status === undefined) this.#world.record({ op: 'registered', id, amount: String(amount) })
  }

  /** @throws Refusal PAYMENT_NOT_FOUND, also for one whose window nobody has opened. */
  find(id: string): Payment {
    const payment = this.books.byId.get(id)
    if (payment?.status === undefined) throw refused(404, 'PAYMENT_NOT_FOUND')
    for (const { id: cancellationId, dueAt, amount, reason } of payment.cancellations)
      if (dueAt !== undefined && this.#world.now() >= dueAt)
        this.#world.record({ op: 'refund', id, cancellationId, amount: String(amount), reason })
    return payment
  }

  open(id: string, orderName: string): void {
    if (this.books.byId.get(id)?.status !== undefined) return
    this.#world.record({ op: 'ready', id, orderName })
    this.#tell('Ready', id)
  }

  /** The citizen pays in the window; PortOne takes the money at once. False where it takes none. */
  pay(id: string, method: string): boolean {
    const payment = this.books.byId.get(id)
    if (payment === undefined || (payment.status !== undefined && payment.status !== 'READY')) return false
    this.#world.record({ op: 'capture', id, amount: String(payment.amount), method })
    this.#tell('Paid', id)
    return true
  }

  issue(id: string, expiresAt: number): boolean {
    const payment = this.books.byId.get(id)
    if (payment === undefined || (payment.status !== undefined && payment.status !== 'READY')) return false
    this.#world.record({ op: 'issued', id, accountNumber: `56${String(Date.now()).slice(-10)}`, expiresAt })
    this.#tell('VirtualAccountIssued', id)
    return true
  }

  deposit(id: string, amount: bigint): boolean {
    const payment = this.books.byId.get(id)
    const late = (payment?.account?.expiresAt ?? 0) < this.#world.now()
    if (payment?.status !== 'VIRTUAL_ACCOUNT_ISSUED' || late || amount !== payment.amount) return false
    this.#world.record({ op: 'capture', id, amount: String(amount), method: 'PaymentMethodVirtualAccount' })
    this.#tell('Paid', id)
    return true
  }

  fail(id: string): void {
    const payment = this.books.byId.get(id)
    if (payment === undefined || payment.paidAt !== undefined) return
    this.#world.record({ op: 'failed', id, code: 'REJECT_CARD_COMPANY' })
    this.#tell('Failed', id)
  }

  close(id: string): void {
    if (this.find(id).status !== 'VIRTUAL_ACCOUNT_ISSUED') throw refused(409, 'PAYMENT_NOT_WAITING_FOR_DEPOSIT')
    this.#world.record({ op: 'closed', id })
    this.#tell('Cancelled', id)
  }

  cancel(id: string, body: CancelBody, course: number | null): Cancellation {
    const payment = this.find(id)
    if (payment.paidAt === undefined) throw refused(409, 'PAYMENT_NOT_PAID')
    const left = payment.amount - cancelledOf(payment)
    if (left === 0n) throw refused(409, 'PAYMENT_ALREADY_CANCELLED')
    if (body.currentCancellableAmount !== undefined && BigInt(body.currentCancellableAmount) !== left)
      throw refused(409, 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN')
    const amount = body.amount === undefined ? left : BigInt(body.amount)
    if (amount > left) throw refused(409, 'CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT')
    if (payment.account !== undefined && body.refundAccount === undefined) throw refused(400, 'INVALID_REQUEST')
    const cancellationId = `cancellation-${randomBytes(8).toString('hex')}`
    this.#world.record({ op: 'cancel', id, cancellationId, amount: String(amount), reason: body.reason, after: course })
    this.find(id)
    this.#tell(amount === left ? 'Cancelled' : 'PartialCancelled', id, { cancellationId })
    return payment.cancellations.at(-1) as Cancellation
  }

  #tell(type: string, paymentId: string, more: object = {}): void {
    const data = { paymentId, storeId: this.#storeId, transactionId: `tx-${paymentId}`, ...more }
    this.#world.tell(paymentId, { type: `Transaction.${type}`, timestamp: new Date(this.#world.now()).toISOString(), data })
  }
}

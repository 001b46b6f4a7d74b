import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../kit/simulator/serve.ts'
import type { World } from '../../../kit/simulator/world.ts'
import { balanceOf, type Books, type Payment } from './books.ts'
import type { Entry } from './entries.ts'
import { koreanTime, paymentView } from './views.ts'

const MINUTE_MS = 60_000
/** The window is open so long, and an authentication waits so long to be confirmed. */
const WINDOW_MS = 30 * MINUTE_MS
const CONFIRM_MS = 10 * MINUTE_MS
/** Where nothing else is asked for, a deposit is due after a week. */
const DEPOSIT_MS = 7 * 24 * 60 * MINUTE_MS

const refused = (status: number, code: string): Refusal => new Refusal(status, { code, message: code })
const newKey = (prefix: string): string => `${prefix}${randomBytes(12).toString('hex')}`

export interface Order {
  readonly orderId: string
  readonly amount: number
  readonly orderName: string
  readonly method: string
  readonly successUrl: string
  readonly dueDate?: string | undefined
}

/** The life of a payment as Toss Payments documents it; each step that has a webhook is told. */
export class Payments {
  readonly books: Books
  readonly #world: World<Entry>
  readonly #url: () => string

  constructor(world: World<Entry>, books: Books, url: () => string) {
    this.#world = world
    this.books = books
    this.#url = url
  }

  view = (payment: Payment): object => paymentView(payment, this.#url(), this.#world.now())

  create(order: Order): Payment {
    if (this.books.byOrder.has(order.orderId)) throw refused(400, 'DUPLICATED_ORDER_ID')
    const { orderId, orderName, method, successUrl, dueDate } = order
    const due = method === 'VIRTUAL_ACCOUNT' ? (dueDate ?? koreanTime(this.#world.now() + DEPOSIT_MS).slice(0, 19)) : undefined
    this.#world.record({
      op: 'created',
      orderId,
      paymentKey: newKey('tsim_'),
      amount: String(order.amount),
      orderName,
      method,
      returnUrl: successUrl,
      dueDate: due,
    })
    return this.books.get(orderId)
  }

  /** By the merchant's id. @throws Refusal NOT_FOUND_PAYMENT. */
  byOrder(orderId: string): Payment {
    return this.#current(this.books.byOrder.get(orderId))
  }

  byKey(paymentKey: string): Payment {
    return this.#current(this.books.byKey.get(paymentKey))
  }

  /** The citizen authenticates in the window. False where it takes no payment any more. */
  authenticate(orderId: string, method: string): boolean {
    const payment = this.byOrder(orderId)
    if (payment.status !== 'READY') return false
    this.#world.record({ op: 'authenticated', orderId, method })
    return true
  }

  abort(payment: Payment, code: string): void {
    if (payment.status !== 'READY' && payment.status !== 'IN_PROGRESS') return
    this.#world.record({ op: 'aborted', orderId: payment.orderId, code })
    this.#changed(payment)
  }

  confirm(paymentKey: string, orderId: string, amount: number, declines: boolean): Payment {
    const payment = this.byKey(paymentKey)
    if (payment.orderId !== orderId || payment.amount !== BigInt(amount)) throw refused(400, 'INVALID_REQUEST')
    if (payment.status === 'EXPIRED') throw refused(404, 'NOT_FOUND_PAYMENT_SESSION')
    if (payment.status !== 'IN_PROGRESS') throw refused(400, 'ALREADY_PROCESSED_PAYMENT')
    if (declines) {
      this.abort(payment, 'REJECT_CARD_COMPANY')
      throw refused(403, 'REJECT_CARD_COMPANY')
    }
    if (payment.windowMethod !== 'VIRTUAL_ACCOUNT') return this.#take(payment)
    this.#world.record({ op: 'waiting', orderId, accountNumber: `56${String(Date.now()).slice(-10)}`, secret: newKey('ps_') })
    this.#deposit(payment)
    return payment
  }

  /** The money arrives at the account. False where it is sent back: another amount, or too late. */
  deposit(orderId: string, amount: number): boolean {
    const payment = this.byOrder(orderId)
    const late = payment.dueDate !== undefined && this.#world.now() > Date.parse(`${payment.dueDate}+09:00`)
    if (payment.status !== 'WAITING_FOR_DEPOSIT' || late || payment.amount !== BigInt(amount)) return false
    this.#world.record({ op: 'capture', orderId, amount: String(amount) })
    this.#deposit(payment)
    return true
  }

  /** @param course Milliseconds until it is done, 0 for at once; null where it is accepted and fails. */
  cancel(payment: Payment, key: string, body: CancelBody, course: number | null): Payment {
    if (payment.status === 'WAITING_FOR_DEPOSIT') {
      if (body.cancelAmount !== undefined && payment.amount !== BigInt(body.cancelAmount))
        throw refused(403, 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT')
      this.#world.record({ op: 'closed', orderId: payment.orderId })
      this.#deposit(payment)
      return payment
    }
    const balance = balanceOf(payment)
    if (payment.status !== 'DONE') throw refused(403, 'NOT_CANCELABLE_PAYMENT')
    if (balance === 0n) throw refused(400, 'ALREADY_CANCELED_PAYMENT')
    const amount = body.cancelAmount === undefined ? balance : BigInt(body.cancelAmount)
    if (amount <= 0n || amount > balance) throw refused(403, 'NOT_CANCELABLE_AMOUNT')
    const account = body.refundReceiveAccount
    if (payment.account !== undefined && !/^[0-9]{5,20}$/.test(account?.accountNumber ?? ''))
      throw refused(400, 'INVALID_REFUND_ACCOUNT_INFO')
    const { orderId } = payment
    const transactionKey = newKey('TX')
    this.#world.record({ op: 'cancel', orderId, key, transactionKey, amount: String(amount), reason: body.cancelReason, after: course })
    this.#current(payment)
    this.#changed(payment)
    return payment
  }

  /** What time alone has done, done when somebody looks. */
  #current(payment: Payment | undefined): Payment {
    if (payment === undefined) throw refused(404, 'NOT_FOUND_PAYMENT')
    const now = this.#world.now()
    const { orderId, status, requestedAt, authenticatedAt } = payment
    if (
      (status === 'READY' && now >= requestedAt + WINDOW_MS) ||
      (status === 'IN_PROGRESS' && now >= (authenticatedAt ?? 0) + CONFIRM_MS)
    ) {
      this.#world.record({ op: 'expired', orderId })
      this.#changed(payment)
    }
    for (const { dueAt, key, transactionKey, amount } of payment.cancels)
      if (dueAt !== undefined && now >= dueAt) this.#world.record({ op: 'refund', orderId, key, transactionKey, amount: String(amount) })
    return payment
  }

  #take(payment: Payment): Payment {
    this.#world.record({ op: 'capture', orderId: payment.orderId, amount: String(payment.amount) })
    this.#changed(payment)
    return payment
  }

  #changed(payment: Payment): void {
    const now = this.#world.now()
    this.#world.tell(
      payment.orderId,
      { eventType: 'PAYMENT_STATUS_CHANGED', createdAt: koreanTime(now).slice(0, 23), data: this.view(payment) },
      newKey('whtrans_'),
    )
  }

  #deposit(payment: Payment): void {
    const { orderId, status, account } = payment
    const body = {
      createdAt: koreanTime(this.#world.now()).slice(0, 23),
      secret: account?.secret,
      status,
      transactionKey: newKey('TX'),
      orderId,
    }
    this.#world.tell(orderId, body, newKey('whtrans_'))
  }
}

export interface CancelBody {
  readonly cancelReason: string
  readonly cancelAmount?: number | undefined
  readonly refundReceiveAccount?: { readonly accountNumber: string } | undefined
}

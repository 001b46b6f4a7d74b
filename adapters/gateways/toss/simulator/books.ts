import type { Entry } from './entries.ts'

export interface Cancellation {
  readonly key: string
  readonly transactionKey: string
  readonly amount: bigint
  readonly reason: string
  status: 'IN_PROGRESS' | 'DONE' | 'ABORTED'
  /** Milliseconds; undefined unless it is in progress. */
  dueAt: number | undefined
  at: number
}

export interface Payment {
  readonly orderId: string
  readonly paymentKey: string
  readonly amount: bigint
  readonly orderName: string
  readonly windowMethod: string
  readonly returnUrl: string
  readonly dueDate: string | undefined
  readonly requestedAt: number
  status: 'READY' | 'IN_PROGRESS' | 'WAITING_FOR_DEPOSIT' | 'DONE' | 'CANCELED' | 'ABORTED' | 'EXPIRED'
  method: string | undefined
  authenticatedAt: number | undefined
  approvedAt: number | undefined
  failureCode: string | undefined
  account: { readonly number: string; readonly secret: string } | undefined
  readonly cancels: Cancellation[]
}

/** What the journal's lines add up to. */
export class Books {
  readonly byOrder = new Map<string, Payment>()
  readonly byKey = new Map<string, Payment>()
  readonly answers = new Map<string, unknown>()
  readonly payouts = new Map<string, readonly object[]>()
  readonly settled = new Set<string>()
  openedAt: number | undefined

  apply(entry: Entry & { readonly at: number }): void {
    this.openedAt ??= entry.at
    switch (entry.op) {
      case 'created':
        return this.#create(entry)
      case 'answered':
        this.answers.set(entry.request, entry.json)
        return
      case 'payout':
        this.payouts.set(entry.day, entry.records)
        for (const key of entry.keys) this.settled.add(key)
        return
      default:
        this.#change(this.get(entry.orderId), entry)
    }
  }

  get(orderId: string): Payment {
    const payment = this.byOrder.get(orderId)
    if (!payment) throw new Error(`There is no order ${orderId}.`)
    return payment
  }

  #create(entry: Extract<Entry, { op: 'created' }> & { readonly at: number }): void {
    const payment: Payment = {
      orderId: entry.orderId,
      paymentKey: entry.paymentKey,
      amount: BigInt(entry.amount),
      orderName: entry.orderName,
      windowMethod: entry.method,
      returnUrl: entry.returnUrl,
      dueDate: entry.dueDate,
      requestedAt: entry.at,
      status: 'READY',
      method: undefined,
      authenticatedAt: undefined,
      approvedAt: undefined,
      failureCode: undefined,
      account: undefined,
      cancels: [],
    }
    this.byOrder.set(payment.orderId, payment)
    this.byKey.set(payment.paymentKey, payment)
  }

  #change(payment: Payment, entry: Exclude<Entry, { op: 'created' | 'answered' | 'payout' }> & { readonly at: number }): void {
    switch (entry.op) {
      case 'authenticated':
        Object.assign(payment, { status: 'IN_PROGRESS', method: entry.method, authenticatedAt: entry.at })
        return
      case 'waiting':
        Object.assign(payment, { status: 'WAITING_FOR_DEPOSIT', account: { number: entry.accountNumber, secret: entry.secret } })
        return
      case 'capture':
        Object.assign(payment, { status: 'DONE', approvedAt: entry.at })
        return
      case 'aborted':
        Object.assign(payment, { status: 'ABORTED', failureCode: entry.code })
        return
      case 'expired':
        payment.status = 'EXPIRED'
        return
      case 'closed':
        payment.status = 'CANCELED'
        return
      case 'cancel': {
        const { key, transactionKey, reason, after, at } = entry
        const base = { key, transactionKey, reason, amount: BigInt(entry.amount), at }
        payment.cancels.push(
          after === null ? { ...base, status: 'ABORTED', dueAt: undefined } : { ...base, status: 'IN_PROGRESS', dueAt: at + after },
        )
        return
      }
      case 'refund': {
        const cancel = payment.cancels.find(({ transactionKey }) => transactionKey === entry.transactionKey)
        if (cancel) Object.assign(cancel, { status: 'DONE', dueAt: undefined, at: entry.at })
      }
    }
  }
}

/** What is still there to be cancelled: running cancellations count, failed ones do not. */
export const balanceOf = ({ amount, cancels }: Payment): bigint =>
  cancels.reduce((left, cancel) => (cancel.status === 'ABORTED' ? left : left - cancel.amount), amount)

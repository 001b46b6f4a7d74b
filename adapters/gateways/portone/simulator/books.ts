import type { Entry } from './entries.ts'

export interface Cancellation {
  readonly id: string
  readonly amount: bigint
  readonly reason: string
  readonly requestedAt: number
  status: 'REQUESTED' | 'SUCCEEDED' | 'FAILED'
  dueAt: number | undefined
  doneAt: number | undefined
}

export interface Payment {
  readonly id: string
  readonly amount: bigint
  readonly cancellations: Cancellation[]
  readonly registeredAt: number
  /** Undefined until the window is opened: PortOne does not know the payment before. */
  status: 'READY' | 'VIRTUAL_ACCOUNT_ISSUED' | 'PAID' | 'FAILED' | 'CANCELLED' | undefined
  orderName: string
  method: string | undefined
  account: { readonly number: string; readonly expiresAt: number } | undefined
  paidAt: number | undefined
  failureCode: string | undefined
  changedAt: number
}

/** What the journal's lines add up to. */
export class Books {
  readonly byId = new Map<string, Payment>()

  get(id: string): Payment {
    const payment = this.byId.get(id)
    if (!payment) throw new Error(`There is no payment ${id}.`)
    return payment
  }

  apply(entry: Entry & { readonly at: number }): void {
    if (entry.op === 'registered') {
      const before = this.byId.get(entry.id)
      if (before?.status !== undefined) return
      this.byId.set(entry.id, {
        id: entry.id,
        amount: BigInt(entry.amount),
        cancellations: [],
        registeredAt: entry.at,
        status: undefined,
        orderName: '',
        method: undefined,
        account: undefined,
        paidAt: undefined,
        failureCode: undefined,
        changedAt: entry.at,
      })
      return
    }
    const payment = this.get(entry.id)
    payment.changedAt = entry.at
    change(payment, entry)
  }
}

function change(payment: Payment, entry: Exclude<Entry, { op: 'registered' }> & { readonly at: number }): void {
  switch (entry.op) {
    case 'ready':
      Object.assign(payment, { status: 'READY', orderName: entry.orderName })
      return
    case 'issued':
      Object.assign(payment, {
        status: 'VIRTUAL_ACCOUNT_ISSUED',
        method: 'PaymentMethodVirtualAccount',
        account: { number: entry.accountNumber, expiresAt: entry.expiresAt },
      })
      return
    case 'capture':
      Object.assign(payment, { status: 'PAID', method: entry.method, paidAt: entry.at })
      return
    case 'failed':
      Object.assign(payment, { status: 'FAILED', failureCode: entry.code })
      return
    case 'closed':
      payment.status = 'CANCELLED'
      return
    case 'cancel': {
      const { cancellationId: id, reason, after, at } = entry
      const base = { id, reason, amount: BigInt(entry.amount), requestedAt: at, doneAt: undefined }
      payment.cancellations.push(
        after === null ? { ...base, status: 'FAILED', dueAt: undefined } : { ...base, status: 'REQUESTED', dueAt: at + after },
      )
      return
    }
    case 'refund': {
      const found = payment.cancellations.find(({ id }) => id === entry.cancellationId)
      if (found) Object.assign(found, { status: 'SUCCEEDED', dueAt: undefined, doneAt: entry.at })
    }
  }
}

/** What went back or is on its way. */
export const cancelledOf = ({ cancellations }: Payment): bigint =>
  cancellations.reduce((sum, one) => (one.status === 'FAILED' ? sum : sum + one.amount), 0n)

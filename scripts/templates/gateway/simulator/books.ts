/** YOURS: what can happen at the provider. `key` is ours, `reference` the provider's. */
export type Entry =
  | {
      readonly op: 'opened'
      readonly key: string
      readonly reference: string
      readonly minor: string
      readonly currency: string
      readonly expiresAt: number
      readonly returnUrl: string
    }
  | { readonly op: 'barred'; readonly key: string }
  | { readonly op: 'authorized'; readonly key: string; readonly method: string }
  /** **Money in.** At most one for a key. */
  | { readonly op: 'capture'; readonly key: string; readonly reference: string; readonly minor: string; readonly currency: string }
  | { readonly op: 'ended'; readonly key: string; readonly status: 'declined' | 'cancelled' | 'expired' }
  | {
      readonly op: 'refundAsked'
      readonly key: string
      readonly payment: string
      readonly reference: string
      readonly minor: string
      readonly currency: string
      readonly dueAt: number | null
    }
  /** **Money back.** */
  | { readonly op: 'refund'; readonly key: string; readonly reference: string; readonly minor: string; readonly currency: string }

export interface Payment {
  readonly key: string
  readonly reference: string
  readonly minor: bigint
  readonly currency: string
  readonly expiresAt: number
  readonly returnUrl: string
  status: 'open' | 'authorized' | 'captured' | 'declined' | 'cancelled' | 'expired'
  method: string | undefined
  paidAt: number | undefined
}

export interface Refund {
  readonly key: string
  readonly payment: string
  readonly reference: string
  readonly minor: bigint
  readonly currency: string
  readonly dueAt: number | null
  status: 'running' | 'done' | 'failed'
  doneAt: number | undefined
}

/** What the journal's lines add up to. */
export class Books {
  readonly payments = new Map<string, Payment>()
  readonly byReference = new Map<string, Payment>()
  readonly refunds = new Map<string, Refund>()
  readonly barred = new Set<string>()

  apply(entry: Entry & { readonly at: number }): void {
    const payment = this.payments.get(entry.key)
    switch (entry.op) {
      case 'opened': {
        const { key, reference, currency, expiresAt, returnUrl } = entry
        const opened: Payment = {
          key,
          reference,
          currency,
          expiresAt,
          returnUrl,
          minor: BigInt(entry.minor),
          status: 'open',
          method: undefined,
          paidAt: undefined,
        }
        this.payments.set(key, opened)
        this.byReference.set(reference, opened)
        return
      }
      case 'barred':
        this.barred.add(entry.key)
        return
      case 'authorized':
        if (payment) Object.assign(payment, { status: 'authorized', method: entry.method, paidAt: entry.at })
        return
      case 'capture':
        if (payment) payment.status = 'captured'
        return
      case 'ended':
        if (payment) payment.status = entry.status
        return
      case 'refundAsked': {
        const { key, payment: of, reference, currency, dueAt } = entry
        const status = dueAt === null ? 'failed' : 'running'
        this.refunds.set(key, { key, payment: of, reference, currency, dueAt, minor: BigInt(entry.minor), status, doneAt: undefined })
        return
      }
      case 'refund': {
        const refund = this.refunds.get(entry.key)
        if (refund) Object.assign(refund, { status: 'done', doneAt: entry.at })
      }
    }
  }

  /** What can still go back of a payment: running refunds count, failed ones do not. */
  refundable({ key, minor }: Payment): bigint {
    return [...this.refunds.values()].reduce(
      (left, one) => (one.payment === key && one.status !== 'failed' ? left - one.minor : left),
      minor,
    )
  }
}

/**
 * The lines of the journal (README.md documents them for whoever checks a system against it). Amounts are decimal
 * strings in minor units. The state is nothing but these lines applied in order.
 */
export const METHODS = ['card', 'simple_pay', 'bank_account'] as const
export type Method = (typeof METHODS)[number]

interface Amount {
  readonly amountMinor: string
  readonly currency: string
}

interface OfSession extends Amount {
  /** The merchant's key of the session. */
  readonly key: string
  /** The gateway's reference of the payment. */
  readonly reference: string
}

interface OfRefund extends Amount {
  /** The merchant's key of the refund. */
  readonly key: string
  /** The gateway's reference of the refund. */
  readonly reference: string
  /** The payment that is given back, by both names. */
  readonly payment: string
  readonly paymentKey: string
  readonly reason: string
  /** SHA-256 of the account that it goes to, where it does not go back the way the payment came. */
  readonly account?: string
}

export interface SettledLine extends Amount {
  readonly lineReference: string
  readonly kind: 'payment' | 'refund'
  readonly key: string
  readonly reference: string
  readonly feeMinor: string
  readonly netMinor: string
}

export type Entry =
  | { readonly op: 'opened'; readonly journal: string }
  | (OfSession & {
      readonly op: 'session'
      readonly token: string
      readonly title: string
      readonly language: 'ko' | 'en'
      readonly returnUrl: string
      readonly expiresAt: number
    })
  | (OfSession & { readonly op: 'authorize' | 'capture'; readonly method: Method; readonly paidAt: number })
  | (OfSession & { readonly op: 'decline'; readonly code: string; readonly final: boolean })
  | (OfSession & { readonly op: 'cancel' | 'expire' })
  /** Somebody claims a payment back. `reference` is the claim's own, `payment` the payment's. */
  | (OfSession & { readonly op: 'claim'; readonly payment: string; readonly state: 'DISPUTED' | 'REVERSED' | 'RETURNED' | 'WON' })
  | { readonly op: 'bar'; readonly key: string }
  | (OfRefund & { readonly op: 'refundRunning'; readonly dueAt: number })
  | (OfRefund & { readonly op: 'refund' })
  | (OfRefund & { readonly op: 'refundFailed'; readonly code: string })
  | {
      readonly op: 'settlement'
      readonly name: string
      readonly currency: string
      readonly grossMinor: string
      readonly feeMinor: string
      readonly netMinor: string
      readonly lines: readonly SettledLine[]
      readonly text: string
    }
  | { readonly op: 'webhook'; readonly event: string; readonly outcome: 'acknowledged' | 'dropped' }
  | { readonly op: 'fault'; readonly fault: string; readonly key: string }
  | { readonly op: 'clock'; readonly advanceMs: number }

/** An entry as it stands in the journal. */
export type Stamped = Entry & { readonly seq: number; readonly at: number }

import type { Money } from '../money.ts'

/** How an adapter's calls may be repeated (DESIGN: "An error is not a no"). */
export type Repeatability = 'idempotent' | 'queryable' | 'atLeastOnce'

/** The rails that a citizen chooses from on a gateway's page. */
export const PAGE_METHODS = ['card', 'simplePay', 'bankAccount'] as const
export type PageMethod = (typeof PAGE_METHODS)[number]
/** The rail a citizen paid by, in the words of the report. Money may also come by itself, to an account number that we gave. */
export const PAYMENT_METHODS = [...PAGE_METHODS, 'virtualAccount', 'bankTransfer'] as const
export type PaymentMethod = (typeof PAYMENT_METHODS)[number]

/** A request for a hosted payment page. No personal data: the gateway learns an amount, our reference and a title. */
export interface SessionRequest {
  /** Our stable key: the checkout's id. Repeating it returns the same session. */
  readonly key: string
  readonly amount: Money
  readonly title: string
  readonly language: 'ko' | 'en'
  /** Where the citizen comes back to, paid or not. */
  readonly returnUrl: string
  /** Milliseconds; the session takes no payment after it. */
  readonly expiresAt: number
}

export interface Session {
  /** The gateway's own reference. */
  readonly reference: string
  /** The hosted page that the citizen is sent to. */
  readonly url: string
}

/** Where the citizen transfers the money to, with exactly the amount of the session. */
export interface DepositAccount {
  /** The bank's name, as its customers know it. */
  readonly bank: string
  readonly number: string
  /** What the citizen has to write beside it, where the account is not this payment's alone. */
  readonly reference?: string
  /** Milliseconds; a deposit after it is sent back by the bank. */
  readonly dueAt: number
}

/** `disputed`: the payer's bank asks; `reversed` and `returned`: the card scheme or the bank took the whole payment back. */
export interface ClaimedBack {
  readonly state: 'disputed' | 'reversed' | 'returned'
  /** The gateway's own reference, by which its settlement file names the way back. */
  readonly reference: string
  /** Milliseconds, by the gateway's clock. */
  readonly at: number
}

/** What the gateway says of a payment when asked. The answer, not a webhook's body, is what Goji acts on. */
export type PaymentReport =
  | { readonly status: 'pending' | 'authorized' | 'expired' | 'cancelled' }
  /** The citizen chose to transfer the money to an account of this payment alone; it may come days later. */
  | { readonly status: 'awaitingDeposit'; readonly account: DepositAccount }
  | { readonly status: 'declined'; readonly code: string }
  | {
      readonly status: 'captured'
      readonly amount: Money
      readonly method: PaymentMethod
      /** Milliseconds, the gateway's own time of payment. */
      readonly paidAt: number
      /** What became of it since; absent while nobody has claimed it back, and once a dispute was won. */
      readonly claimedBack?: ClaimedBack
    }

/** Where a citizen wants money that cannot go back the way it came. Personal data: it goes to the gateway and nowhere else. */
export interface RefundAccount {
  readonly bank: string
  readonly number: string
  readonly holder: string
}

export interface RefundRequest {
  /** Our stable key: the refund's id, with a number behind it once the citizen has given an account. */
  readonly key: string
  readonly reference: string
  readonly amount: Money
  readonly reason: string
  /** Only where the gateway `refundsToAccounts`: pay there, and not the way that the payment came. */
  readonly account?: RefundAccount
}

export type RefundReport =
  | { readonly status: 'unknown' | 'pending' }
  | { readonly status: 'succeeded'; readonly reference: string; readonly refundedAt: number }
  | { readonly status: 'failed'; readonly code: string }

/** One line of a gateway's settlement file. `net = gross - fee`; a refund's gross is negative. */
export interface SettlementLine {
  /** Unique and stable within the gateway, so that the same line is never booked twice. */
  readonly lineReference: string
  readonly kind: 'payment' | 'refund'
  /** The gateway's reference of the payment or refund. */
  readonly reference: string
  readonly gross: Money
  readonly fee: Money
  readonly net: Money
  /** Milliseconds. */
  readonly settledAt: number
}

export interface SettlementFile {
  /** The gateway's name of the file; a second file of the same name must be equal or is refused. */
  readonly name: string
  /** The name of the earlier file that this one takes the place of, where the gateway says so. */
  readonly revises?: string
  readonly lines: readonly SettlementLine[]
}

/** A verified webhook, translated: only which payment or refund to ask about. */
export interface GatewayNotice {
  readonly eventId: string
  readonly subject: 'payment' | 'refund'
  /** Our key of the checkout or refund. */
  readonly key: string
}

/**
 * A payment gateway. Every method may throw ProviderError and nothing else; `unknown` means that the effect may have
 * happened and the matching question (`payment`, `refund`) must be asked before anything is repeated.
 */
export interface Gateway {
  readonly name: string
  readonly repeat: { readonly capture: Repeatability; readonly refund: Repeatability }
  /** True where a refund may be sent to an account that the citizen names. Otherwise a person pays it out. */
  readonly refundsToAccounts?: boolean
  openSession(request: SessionRequest, signal: AbortSignal): Promise<Session>
  /** Asks for the payment of a checkout by our key; `pending` where the gateway does not know the key yet. */
  payment(key: string, signal: AbortSignal): Promise<PaymentReport>
  /** Takes the money of an authorized session. Repeating it with the same key returns the first capture. */
  capture(key: string, signal: AbortSignal): Promise<PaymentReport>
  /**
   * Ends a session so that nothing can be paid on it any more; answers what the gateway then knows of it. A gateway that
   * cannot end one answers `pending` or `authorized`: what is paid on it later is reported and recorded, and goes back where no bill asks for it any more.
   */
  cancel(key: string, signal: AbortSignal): Promise<PaymentReport>
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundReport>
  /** Asks for a refund by our key. `reference` is its payment's: some gateways can only look there. */
  refundReport(key: string, signal: AbortSignal, reference: string): Promise<RefundReport>
  /** Names of the settlement files that the gateway offers, newest last. */
  settlementFiles(signal: AbortSignal): Promise<readonly string[]>
  /** The raw text of a settlement file. */
  settlementFile(name: string, signal: AbortSignal): Promise<string>
  /** Reads a settlement file. @throws GojiError `statement_malformed` naming the line. */
  parseSettlement(text: string): SettlementFile
  /** Verifies a webhook over its raw bytes and translates it. @throws GojiError `signature_invalid` (unauthorized). */
  translate(headers: Readonly<Record<string, string | undefined>>, body: Buffer, now: number): GatewayNotice
}

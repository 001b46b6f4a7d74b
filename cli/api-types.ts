/** What the commands show of the API's answers; the whole is in `GET /openapi.json`. */
export interface Amount {
  readonly amount: string
  readonly currency: string
}

export interface BillSummary {
  readonly id: string
  readonly institution: string
  readonly billNumber: string
  readonly title: string
  readonly asksMoney: boolean
  readonly status: string
  readonly stage: string
  readonly amounts: Readonly<Record<'charged' | 'paid' | 'refunded' | 'owed' | 'settled' | 'fees' | 'writtenOff' | 'cancelled', Amount>>
  readonly dueAt: string | null
  readonly createdAt: string
}

export interface Bill extends BillSummary {
  readonly policy: { readonly name: string; readonly version: number }
  readonly paused: boolean
  readonly deliveries: readonly { readonly key: string; readonly channel: string; readonly state: string; readonly attemptedAt: string }[]
  readonly payments: readonly {
    readonly id: string
    readonly method: string
    readonly amount: Amount
    readonly state: string
    readonly paidAt: string
  }[]
  readonly refunds: readonly { readonly id: string; readonly amount: Amount; readonly state: string; readonly reason: string }[]
  readonly next: { readonly code: string; readonly at: string | null }
}

export interface BillEvent {
  readonly seq: number
  readonly at: string
  readonly action: string
  readonly actor: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface Checkout {
  readonly id: string
  readonly state: string
  readonly url: string | null
  readonly amount: Amount
  readonly expiresAt: string
  readonly failureCode: string | null
  readonly bills: readonly { readonly id: string; readonly amount: Amount; readonly outcome: string | null }[]
}

export interface Statement {
  readonly id: string
  readonly gateway: string
  readonly name: string
  readonly state: string
  readonly receivedAt: string
  readonly lines: number
  readonly posted: number
  readonly exceptions: number
  readonly openExceptions: readonly {
    readonly line: number
    readonly kind: string
    readonly reference: string
    readonly gross: Amount
    readonly reason: string
    readonly owner: string
  }[]
}

export interface Page<Row> {
  readonly data: readonly Row[]
  readonly nextCursor: string | null
}

export const money = ({ amount, currency }: Amount): string => `${amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')} ${currency}`

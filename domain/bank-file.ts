import type { Money } from './money.ts'

/** One account's statement or notification within a bank's file, whatever the file's form. */
export interface BankPart {
  readonly account: string
  /** The bank's own name of it; a later one of the same name, number and page is its revision. */
  readonly name: string
  readonly electronicSequence: string | null
  readonly legalSequence: string | null
  readonly page: number | null
  readonly isLastPage: boolean | null
  /** Milliseconds. */
  readonly createdAt: number | null
}

/** Money that the bank booked on an account of ours: what there is to place. */
export interface BankLine {
  /** The same line in another file has the same; two equal payments of one day have it too, and are counted. */
  readonly identity: string
  /** What came in; below zero for what went out. */
  readonly amount: Money
  /** `YYYY-MM-DD`, the bank's day. */
  readonly bookedOn: string
  /** Milliseconds; the payment's own time where the bank gives one. */
  readonly bookedAt: number
  readonly valueOn: string | null
  /** The bank takes an earlier booking back. */
  readonly isReversal: boolean
  readonly returnReason: string | null
  /** What the payer or the bank named it by, as written, the most telling first. */
  readonly references: readonly string[]
  /** Free text of the payer and the bank. */
  readonly text: string
  readonly payerName: string | null
  readonly payerAccount: string | null
  /** The account that the payer named: one of ours, or a number that stands for it. */
  readonly payeeAccount: string | null
  readonly code: string | null
  /** The bank's parts do not make up the entry, so nobody knows what it is made of. */
  readonly isUnclear: boolean
}

/** What a reader of bank files finds, in the file's order. */
export type BankRecord =
  | { readonly type: 'part'; readonly part: BankPart }
  | { readonly type: 'line'; readonly line: BankLine }
  /** An entry that is not booked: it comes again when it is. */
  | { readonly type: 'notBooked' }

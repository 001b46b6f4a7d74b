import type { Currency } from '../../domain/currencies.ts'
import type { Money } from '../../domain/money.ts'
import type { BankDate } from './date.ts'

/** What the whole file is. */
export interface Message {
  readonly kind: 'statement' | 'notification'
  /** The version of the standard in the namespace; null where the file names none. */
  readonly version: number | null
  readonly messageId: string | undefined
  readonly createdAt: number | undefined
  readonly page: Page | undefined
}

export interface Page {
  readonly number: number
  readonly isLast: boolean
}

/** One account's statement or notification within a file. */
export interface StatementHeader {
  readonly line: number
  readonly id: string | undefined
  readonly electronicSequence: string | undefined
  readonly legalSequence: string | undefined
  readonly createdAt: number | undefined
  readonly period: { readonly from: string | undefined; readonly to: string | undefined }
  readonly page: Page | undefined
  /** Whether the bank calls it a copy or a duplicate: `COPY`, `DUPL`, `CODU`. */
  readonly copy: string | undefined
  /** The IBAN, or the number that stands in its place. */
  readonly account: string | undefined
  readonly accountCurrency: string | undefined
}

export interface Transaction {
  readonly line: number
  /** What this part of an entry is worth in the entry's currency, always above or at zero. */
  readonly minor: bigint
  readonly sign: Sign
  readonly references: References
  readonly payer: Party
  readonly payee: Party
  /** Free text for the receiver. */
  readonly text: readonly string[]
  /** The code of why it came back, where the bank returned it. */
  readonly returnReason: string | undefined
}

export interface Party {
  readonly name: string | undefined
  readonly account: string | undefined
}

export interface References {
  readonly endToEndId: string | undefined
  readonly instructionId: string | undefined
  readonly transactionId: string | undefined
  readonly paymentInformationId: string | undefined
  readonly mandateId: string | undefined
  readonly accountServicerReference: string | undefined
  /** Every further number that the bank or the payer gave: clearing system, UETR, cheque, documents, proprietary. */
  readonly others: readonly string[]
  /** Structured references of the creditor (ISO 11649 and national ones). */
  readonly creditor: readonly string[]
}

export type Sign = 'credit' | 'debit'
export type EntryStatus = 'booked' | 'pending' | 'information' | 'other'
/** How an entry's parts relate to it: none were given, they make it up exactly, or what they say does not agree. */
export type Parts = 'none' | 'agree' | 'differ'

export interface Entry {
  readonly line: number
  readonly amount: Money
  readonly sign: Sign
  readonly status: EntryStatus
  /** The bank takes an earlier entry back. */
  readonly isReversal: boolean
  readonly booked: BankDate | undefined
  readonly value: BankDate | undefined
  readonly entryReference: string | undefined
  readonly accountServicerReference: string | undefined
  readonly information: string | undefined
  /** The bank's transaction code, such as `PMNT/RCDT/ESCT`. */
  readonly code: string | undefined
  readonly parts: Parts
  /** What there is to place: the entry's parts where they make it up, else the entry as one. Never empty. */
  readonly transactions: readonly Transaction[]
  /** How many parts the bank listed. */
  readonly partsGiven: number
}

export interface Balance {
  readonly line: number
  readonly code: string
  /** `YYYY-MM-DD`, where the bank says it. */
  readonly day: string | undefined
  readonly currency: Currency
  /** Below zero where the account is overdrawn. */
  readonly minor: bigint
}

/** What the reader finds, in the file's order. */
export type CamtRecord =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'statement'; readonly statement: StatementHeader }
  | { readonly type: 'entry'; readonly entry: Entry }
  | { readonly type: 'end'; readonly statement: StatementHeader; readonly balances: readonly Balance[] }

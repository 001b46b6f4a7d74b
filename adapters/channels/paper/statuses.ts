import type { ReceiptLevel } from '../../../domain/policy.ts'
import type { ReturnReason } from '../../../domain/return-reason.ts'

/** A print house's word for where a letter stands → ours. On its way, it is no more than accepted. Unknown words are refused. */
export const STATUSES = {
  printed: 'accepted',
  posted: 'accepted',
  delivered: 'delivered',
  returned: 'returned',
} as const satisfies Record<string, ReceiptLevel | 'returned'>
export type LetterStatus = keyof typeof STATUSES

export const REASONS = {
  moved: 'moved',
  unknown: 'unknown',
  refused: 'refused',
  deceased: 'deceased',
  'insufficient-address': 'insufficientAddress',
} as const satisfies Record<string, ReturnReason>
export type ReasonWord = keyof typeof REASONS

export const isStatus = (word: string): word is LetterStatus => Object.hasOwn(STATUSES, word)
export const isReason = (word: string): word is ReasonWord => Object.hasOwn(REASONS, word)

import type { ReceiptLevel } from '../../../domain/policy.ts'
import { lookUp } from '../../../adapters/kit/failures.ts'

export type Meaning =
  { readonly level: ReceiptLevel } | { readonly level: 'failed'; readonly kind: 'temporary' | 'permanent' | 'technical' }

/** YOURS: the provider's words for where a message stands → ours. A word that is not here is raised, never guessed. */
const STATUSES: Readonly<Record<string, Meaning>> = {
  accepted: { level: 'accepted' },
  delivered: { level: 'delivered' },
  opened: { level: 'read' },
  bounced: { level: 'failed', kind: 'permanent' },
}

export const meaningOf: (word: string) => Meaning = lookUp(STATUSES, 'status')

import { ProviderError } from '../../../domain/errors.ts'
import type { ReceiptLevel } from '../../../domain/policy.ts'

type Meaning = { readonly level: ReceiptLevel } | { readonly level: 'failed'; readonly kind: 'temporary' | 'permanent' | 'technical' }

/** A relay's word for where a delivery stands → ours. Every word of the protocol is here; there are no others. */
export const STATUSES = {
  accepted: { level: 'accepted' },
  delivered: { level: 'delivered' },
  opened: { level: 'read' },
  'temporary-failure': { level: 'failed', kind: 'temporary' },
  'permanent-failure': { level: 'failed', kind: 'permanent' },
  'technical-failure': { level: 'failed', kind: 'technical' },
} as const satisfies Record<string, Meaning>

export type RelayStatus = keyof typeof STATUSES

/** @throws ProviderError technical `status_unknown`: guessing would turn a relay's news into a wrong receipt. */
export function meaningOf(status: string): Meaning {
  if (!Object.hasOwn(STATUSES, status)) {
    throw new ProviderError(
      'technical',
      'status_unknown',
      'The relay used a status that this adapter does not know. Add it to statuses.ts.',
    )
  }
  return STATUSES[status as RelayStatus]
}

import { randomBytes } from 'node:crypto'
import { seal, type SealSettings, unseal } from '../../composition/seal.ts'
import type { Visitor } from './visitor.ts'

/**
 * A form's one-time key. It proves that the form came from a page of ours shown to this very visitor, and it is the
 * idempotency key of what the form does, so that a double click pays once.
 */
export function newFormKey(config: SealSettings, holder: string): string {
  return seal(config.GOJI_LINK_SECRET, 'formKey', `${holder} ${randomBytes(16).toString('base64url')}`)
}

/** Whose form it is: the citizen's, or that of the one bill that a link has opened. */
export const holderOf = ({ session }: Visitor, billId?: string): string =>
  session ? `citizen:${session.citizenId}` : `bill:${billId ?? ''}`

export function isOwnFormKey(config: SealSettings, visitor: Visitor, key: unknown): key is string {
  const holder = typeof key === 'string' ? unseal(config, 'formKey', key)?.split(' ')[0] : undefined
  if (holder === undefined) return false
  return holder === `citizen:${visitor.session?.citizenId ?? ''}` || visitor.links.some(({ billId }) => holder === `bill:${billId}`)
}

import { GojiError } from '../../domain/errors.ts'
import { type Headers, isAmong, secretsOf, signatureOf } from './signature.ts'

/** How far the sender's clock may be from ours; beyond it a recorded webhook could be replayed. */
const TOLERANCE_SECONDS = 300
/** Enough for a change of secrets; more would only be work that a stranger makes us do. */
const SIGNATURES_MAX = 10

/** The bytes of a secret written as `whsec_` and base64; null where it is none of 24 to 64 bytes. */
export function webhookKey(secret: string): Buffer | null {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1] ?? ''
  const key = Buffer.from(encoded, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : null
}

/** The keys of a setting: of one secret, or of two while it is changed; null where one of them is none. */
export const webhookKeys = (secrets: string): readonly Buffer[] | null => secretsOf(secrets, webhookKey)

/**
 * Verifies a webhook over its raw bytes and answers its id. One signature of several that is one of ours suffices: while a
 * secret is changed we know two, or the sender signs with both.
 * @throws GojiError `signature_invalid` (unauthorized), always with the same words, so that a forger learns nothing.
 */
export function verifiedWebhook(keys: readonly Buffer[], headers: Headers, body: Buffer, now: number): string {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const wellFormed = /^[A-Za-z0-9_-]{1,128}$/.test(id) && /^[0-9]{1,11}$/.test(timestamp)
  const signatures = headers['webhook-signature'] ?? ''
  const ours = keys.some((key) => isAmong(signatureOf(key, id, timestamp, body), signatures, SIGNATURES_MAX))
  if (!wellFormed || !ours || Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > TOLERANCE_SECONDS)
    throw new GojiError('unauthorized', 'signature_invalid', 'The webhook is not signed by its sender, or its time is too far from ours.')
  return id
}

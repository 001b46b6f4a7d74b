import { createHmac, timingSafeEqual } from 'node:crypto'
import { GojiError } from '../../domain/errors.ts'

/** How far the sender's clock may be from ours; beyond it a recorded webhook could be replayed. */
const TOLERANCE_SECONDS = 300
/** Enough for a change of secrets; more would only be work that a stranger makes us do. */
const SIGNATURES_MAX = 10

type Headers = Readonly<Record<string, string | undefined>>

/** The bytes of a secret written as `whsec_` and base64; null where it is none of 24 to 64 bytes. */
export function webhookKey(secret: string): Buffer | null {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1] ?? ''
  const key = Buffer.from(encoded, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : null
}

const signatureOf = (key: Buffer, id: string, timestamp: string, body: Buffer | string): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`

/** The headers of Standard Webhooks over `id.timestamp.body`, for simulators. */
export function signedWebhook(key: Buffer, id: string, body: Buffer | string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatureOf(key, id, timestamp, body) }
}

/**
 * Verifies a webhook over its raw bytes and answers its id. One signature of several that is ours suffices, as a sender
 * that changes its secret signs with both.
 * @throws GojiError `signature_invalid` (unauthorized), always with the same words, so that a forger learns nothing.
 */
export function verifiedWebhook(key: Buffer, headers: Headers, body: Buffer, now: number): string {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const wellFormed = /^[A-Za-z0-9_-]{1,128}$/.test(id) && /^[0-9]{1,11}$/.test(timestamp)
  // Compared as text: base64 that was decoded first could be written in several ways.
  const expected = Buffer.from(signatureOf(key, id, timestamp, body))
  const ours = (headers['webhook-signature'] ?? '')
    .split(' ')
    .slice(0, SIGNATURES_MAX)
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
  if (!wellFormed || !ours || Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > TOLERANCE_SECONDS)
    throw new GojiError('unauthorized', 'signature_invalid', 'The webhook is not signed by its sender, or its time is too far from ours.')
  return id
}

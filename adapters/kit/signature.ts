import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a signature's time may be from ours, in seconds, in both directions (Standard Webhooks). */
const TOLERANCE_SECONDS = 300
/** Enough for a rotation with several secrets; more would only be work that a stranger makes us do. */
const SIGNATURES_MAX = 5

export type Headers = Readonly<Record<string, string | undefined>>

/** The bytes of a secret written as base64 or base64url, with or without the prefix `whsec_`. */
export const keyOfSecret = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

/** One secret, or the new and the old one while it is changed, parted by a comma. */
const SECRETS_MAX = 2

/** The secrets of a setting, each read by `read`; null where one of them is none, or there are more than two. */
export function secretsOf<T>(text: string, read: (secret: string) => T | null): readonly T[] | null {
  const secrets = text.split(',').map((part) => read(part.trim()))
  return secrets.length <= SECRETS_MAX && !secrets.includes(null) ? (secrets as T[]) : null
}

/** The signature of Standard Webhooks over `id.timestamp.body`. */
export const signatureOf = (key: Buffer, id: string, timestamp: string, body: string | Buffer): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`

/**
 * The three headers of Standard Webhooks over `id.timestamp.body`, used in both directions.
 * `now` is in milliseconds; `id` must contain no dot, which is the separator.
 */
export function signedHeaders(key: Buffer, id: string, body: string | Buffer, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(key, id, timestamp, body),
  }
}

/**
 * Whether one of the signatures is one of these keys' over these raw bytes and its time is within five minutes of `now`
 * (milliseconds). While a secret is changed we know two, or the sender signs with both, so one match is enough.
 */
export function isSigned(keys: readonly Buffer[], headers: Headers, body: string | Buffer, now: number): boolean {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const signatures = headers['webhook-signature'] ?? ''
  if (!/^[^.\s]{1,256}$/.test(id) || !/^[0-9]{1,12}$/.test(timestamp) || signatures.length > 1_000) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  return keys.some((key) => isAmong(signatureOf(key, id, timestamp, body), signatures, SIGNATURES_MAX))
}

/** Whether a signature is among the first `most` of a header. One match is enough: a sender that changes its secret signs with both. */
export function isAmong(signature: string, header: string, most: number): boolean {
  // The texts are compared, not the bytes they stand for: base64 has several spellings, and only one is a signature.
  const expected = Buffer.from(signature)
  return header
    .split(' ')
    .slice(0, most)
    .map((given) => Buffer.from(given))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}

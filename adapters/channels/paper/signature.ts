import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a signature's time may be from ours, in seconds, in both directions (Standard Webhooks). */
const TOLERANCE_SECONDS = 300
const SIGNATURES_MAX = 5

export type Headers = Readonly<Record<string, string | undefined>>

/** The bytes of a secret written as base64 or base64url, with or without the prefix `whsec_`. */
export const keyOfSecret = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

const signatureOf = (key: Buffer, id: string, timestamp: string, body: string | Buffer): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`

/** The three headers of Standard Webhooks over `id.timestamp.body`. `now` in milliseconds; `id` has no dot in it. */
export function signedHeaders(key: Buffer, id: string, body: string | Buffer, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatureOf(key, id, timestamp, body) }
}

/** Whether one of the signatures is this key's over these raw bytes, and no older or newer than five minutes. `now` in milliseconds. */
export function isSigned(key: Buffer, headers: Headers, body: Buffer, now: number): boolean {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const signatures = headers['webhook-signature'] ?? ''
  if (!/^[^.\s]{1,256}$/.test(id) || !/^[0-9]{1,12}$/.test(timestamp) || signatures.length > 1_000) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const expected = Buffer.from(signatureOf(key, id, timestamp, body))
  return signatures
    .split(' ')
    .slice(0, SIGNATURES_MAX)
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}

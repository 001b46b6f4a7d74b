import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SECRET_BYTES = 32

/** A new signing secret in the form of Standard Webhooks. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

/** The key is made from the deployment's pepper, so the database alone opens nothing. */
const keyOf = (pepper: string): Buffer => Buffer.from(hkdfSync('sha256', pepper, '', 'goji-webhook-secret-1', 32))

/** Encrypts a signing secret (AES-256-GCM) for its one endpoint: moved to another row, it does not open. */
export function sealSecret(pepper: string, endpointId: string, secret: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(pepper), nonce).setAAD(Buffer.from(endpointId))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), nonce, sealed, cipher.getAuthTag()])
}

/** @throws Error when it was sealed under another pepper or for another endpoint, or was changed. */
export function openSecret(pepper: string, endpointId: string, sealed: Buffer): string {
  if (sealed[0] !== VERSION) throw new Error('a secret of an unknown version')
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(pepper), nonce).setAAD(Buffer.from(endpointId))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
}

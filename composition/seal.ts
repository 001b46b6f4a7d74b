import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from './config.ts'

/** Stands first in every sealed text: another layout one day gets another number, and what is out there is refused, not misread. */
const VERSION = 1
const MAC_BYTES = 32

/** What a sealed text is for. One made for another purpose is never accepted. */
export type SealPurpose =
  'noticeLink' | 'billCookie' | 'sessionCookie' | 'languageCookie' | 'signInCookie' | 'consoleCookie' | 'formKey' | 'cursor'

/** The secret that signs, and the one before it while links signed with that are out there. */
export type SealSettings = Pick<Config, 'GOJI_LINK_SECRET' | 'GOJI_LINK_SECRET_OLD'>

const macOf = (secret: string, purpose: SealPurpose, text: Buffer): Buffer =>
  createHmac('sha256', secret).update(`goji-seal-${VERSION}\n${purpose}\n`).update(text).digest()

/** Signs a text so that it may travel through a URL or a cookie. It can be read on the way, but not changed or made up. */
export function seal(secret: string, purpose: SealPurpose, text: string): string {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.of(VERSION), macOf(secret, purpose, bytes), bytes]).toString('base64url')
}

/** The text of a sealed token, or null when it is signed with none of our secrets. Compared in constant time, in one canonical spelling only. */
export function unseal(settings: SealSettings, purpose: SealPurpose, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= 1 + MAC_BYTES || bytes[0] !== VERSION || bytes.toString('base64url') !== token) return null
  const text = bytes.subarray(1 + MAC_BYTES)
  const secrets = [settings.GOJI_LINK_SECRET, settings.GOJI_LINK_SECRET_OLD].filter((secret) => secret !== undefined)
  const isOurs = secrets.some((secret) => timingSafeEqual(bytes.subarray(1, 1 + MAC_BYTES), macOf(secret, purpose, text)))
  return isOurs ? text.toString() : null
}

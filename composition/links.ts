import type { Config } from './config.ts'
import { seal, type SealSettings, unseal } from './seal.ts'

/** What a link in a notice opens: one bill, until a time, and by which delivery it came. Only ids, no personal data. */
export interface NoticeLink {
  readonly billId: string
  readonly deliveryId: string
  /** Milliseconds. */
  readonly expiresAt: number
}

/**
 * The link that a notice carries. Whoever holds it may see and pay its one bill and nothing else, so that it can be
 * forwarded to somebody who pays for the citizen.
 */
export function noticeLink(config: SealSettings & Pick<Config, 'GOJI_BASE_URL'>, link: NoticeLink): string {
  const token = seal(config.GOJI_LINK_SECRET, 'noticeLink', `${link.billId} ${link.deliveryId} ${link.expiresAt}`)
  return new URL(`/n/${token}`, config.GOJI_BASE_URL).href
}

/** What a token of ours opens, whether or not it has expired; null for one that we never made. */
export function readNoticeLink(config: SealSettings, token: string): NoticeLink | null {
  const [billId, deliveryId, expiresAt] = unseal(config, 'noticeLink', token)?.split(' ') ?? []
  if (!billId || !deliveryId || !expiresAt) return null
  return { billId, deliveryId, expiresAt: Number(expiresAt) }
}

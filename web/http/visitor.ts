import type { Request } from 'express'
import type { NoticeLink } from '../../composition/links.ts'
import type { Root } from '../../composition/root.ts'
import { findSession, type Session } from '../../store/citizens/find-session.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { readCookie } from './cookies.ts'

/** Who looks at a page: a citizen who signed in, somebody who followed the link of a notice, both, or nobody known. */
export interface Visitor {
  readonly session: Session | null
  /** Bills that a link has opened and not yet closed again. */
  readonly links: readonly NoticeLink[]
}

/** How long a followed link keeps its bill open in this browser: long enough to pay, short enough for a borrowed one. */
export const LINK_VISIT_MS = 2 * 3_600_000
/** More open links than anybody follows at once; the oldest goes first, so that the cookie stays small. */
const LINKS_MAX = 5

export async function readVisitor(root: Root, request: Request, now: number): Promise<Visitor> {
  const token = readCookie(root.config, request, 'session')
  const session = token === null ? null : await findSession(root.sql, keyedHash(root.config.GOJI_PEPPER, 'session', token), now)
  return { session, links: readLinks(readCookie(root.config, request, 'bills'), now) }
}

function readLinks(text: string | null, now: number): NoticeLink[] {
  const links = (text ?? '').split(',').map((part) => part.split(' '))
  return links.flatMap(([billId, deliveryId, expiresAt]) =>
    billId && deliveryId && Number(expiresAt) > now ? [{ billId, deliveryId, expiresAt: Number(expiresAt) }] : [],
  )
}

/** The text of the cookie once one more link was followed. */
export const withLink = (links: readonly NoticeLink[], link: NoticeLink): string =>
  [link, ...links.filter(({ billId }) => billId !== link.billId)]
    .slice(0, LINKS_MAX)
    .map(({ billId, deliveryId, expiresAt }) => `${billId} ${deliveryId} ${expiresAt}`)
    .join(',')

/** May the visitor see and pay this bill? */
export const maySee = ({ session, links }: Visitor, bill: { readonly id: string; readonly citizenId: string }): boolean =>
  session?.citizenId === bill.citizenId || links.some(({ billId }) => billId === bill.id)

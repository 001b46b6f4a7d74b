import { readNoticeLink } from '../../composition/links.ts'
import { leadTo } from '../http/answers.ts'
import type { Context } from '../http/context.ts'
import { setCookie } from '../http/cookies.ts'
import { LINK_VISIT_MS, withLink } from '../http/visitor.ts'
import { html } from '../html.ts'
import { sendPage } from '../parts/layout.ts'

/**
 * The link of a notice: opens its one bill for a while in this browser. Only the bill's own page, which the browser asks
 * for next with what it was given here, counts as reading: a scanner that follows the link proves nothing.
 */
export async function linkPage(context: Context): Promise<void> {
  const { root, limits, request, response, visitor, now, text } = context
  // The address is the key to the bill: it is told to nobody.
  response.set('Referrer-Policy', 'no-referrer')
  const link = readNoticeLink(root.config, String(request.params['token']))
  if (link === null) await limits.missByAddress(request.ip)
  if (link === null) return showClosed(context, 404, text.link.invalidTitle, text.link.invalid)
  if (link.expiresAt <= now) return showClosed(context, 410, text.link.expiredTitle, text.link.expired)
  const visit = { ...link, expiresAt: Math.min(link.expiresAt, now + LINK_VISIT_MS) }
  setCookie(root.config, response, 'bills', withLink(visitor.links, visit), LINK_VISIT_MS)
  leadTo(context, `/bills/${link.billId}`)
}

const showClosed = (context: Context, status: number, title: string, message: string): void =>
  sendPage(context, {
    title,
    status,
    main: html`<h1>${title}</h1>
      <p class="g-lead">${message}</p>
      <p class="g-actions"><a class="krds-btn primary xlarge" href="/sign-in">${context.text.link.signIn}</a></p>`,
  })

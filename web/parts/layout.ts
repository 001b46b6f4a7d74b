import { ICON, STYLES } from '../assets/assets.ts'
import { type Context } from '../http/context.ts'
import { holderOf, newFormKey } from '../http/form-key.ts'
import { contentPolicy } from '../http/guard.ts'
import { type Child, html } from '../html.ts'

export interface PageParts {
  readonly title: string
  readonly main: Child
  readonly status?: number
  /** The page reports a mistake in a form, which its title says first. */
  readonly hasError?: boolean
  /** Seconds after which the browser loads the page again by itself. */
  readonly refresh?: number
  /** A form of the page leads on to the gateway. */
  readonly formsLeadOut?: boolean
  /** Where the other language is found, for an answer to a form that has no address of its own. */
  readonly path?: string
  /** The page may be found by search engines: only the first one. */
  readonly indexed?: boolean
}

/** Sends a whole page in the one layout. */
export function sendPage(context: Context, parts: PageParts): void {
  const { response, language } = context
  if (parts.formsLeadOut) response.set('Content-Security-Policy', contentPolicy(true))
  if (parts.indexed) response.removeHeader('X-Robots-Tag')
  // A header instead of a meta element: the same for the browser, and the page offers a way to stop it.
  if (parts.refresh !== undefined) response.set('Refresh', String(parts.refresh))
  response
    .status(parts.status ?? 200)
    .set('Content-Language', language)
    .type('html')
    .send(`<!doctype html>\n${document(context, parts).markup}`)
}

const document = (context: Context, { title, main, hasError, path }: PageParts) =>
  html`<html lang="${context.language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${context.text.pageTitle(hasError ? context.text.errorTitle(title) : title)}</title>
      <link rel="stylesheet" href="${STYLES}" />
      <link rel="icon" href="${ICON}" type="image/svg+xml" />
    </head>
    <body>
      <div id="krds-skip-link"><a href="#main">${context.text.skip}</a></div>
      ${header(context, path)}
      <main id="main" class="g-main" tabindex="-1">${main}</main>
      ${footer(context)}
    </body>
  </html>`

function header(context: Context, path: string | undefined): Child {
  const { text, visitor, language } = context
  const other = language === 'ko' ? 'en' : 'ko'
  return html`<header class="g-header">
    <div class="g-header-inner">
      <a class="g-brand" href="/"><img src="${ICON}" alt="" width="32" height="32" /><span>${text.service}</span></a>
      <div class="g-utility">
        ${visitor.session ? signOut(context) : html`<a href="/sign-in">${text.nav.signIn}</a>`}
        <a href="${languageHref(context, path)}" lang="${other}" hreflang="${other}">${text.otherLanguage}</a>
      </div>
    </div>
    ${visitor.session && menu(context)}
  </header>`
}

const menu = ({ text, request }: Context): Child =>
  html`<nav class="g-nav" aria-label="${text.nav.label}">
    <ul>
      ${(
        [
          ['/bills', text.nav.bills],
          ['/preferences', text.nav.preferences],
        ] as const
      ).map(([href, label]) => html`<li><a href="${href}" ${request.path === href && html`aria-current="page"`}>${label}</a></li>`)}
    </ul>
  </nav>`

const signOut = ({ root, visitor, text }: Context): Child =>
  html`<form method="post" action="/sign-out">
    <input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor))}" />
    <button type="submit">${text.nav.signOut}</button>
  </form>`

const footer = ({ text }: Context): Child =>
  html`<footer class="g-footer">
    <div class="g-footer-inner">
      <p><strong>${text.service}</strong> ${text.footer.about}</p>
      <p>${text.footer.safety}</p>
    </div>
  </footer>`

/** This very page in the other language. */
function languageHref({ request, language }: Context, path: string | undefined): string {
  const address = new URL(request.method === 'POST' ? (path ?? '/') : request.originalUrl, 'http://page.invalid')
  address.searchParams.set('lang', language === 'ko' ? 'en' : 'ko')
  return `${address.pathname}${address.search}`
}

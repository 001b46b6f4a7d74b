import { ICON, STYLES } from '../assets/assets.ts'
import { type Child, html } from '../html.ts'
import { badge } from '../parts/pieces.ts'
import { type Visit } from './context.ts'
import { newFormKey } from './form-key.ts'

export interface ConsoleParts {
  readonly title: string
  readonly main: Child
  readonly status?: number
  readonly hasError?: boolean
  /** Which entry of the menu the page belongs to. */
  readonly section?: string
  /** Where the other language is found, for an answer to a form that has no address of its own. */
  readonly path?: string
}

/** Sends a whole page of the console. */
export function sendConsole(visit: Visit, parts: ConsoleParts): void {
  const { response, language, text, common } = visit
  const title = `${parts.title} | ${text.name}`
  const page = html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${parts.hasError ? common.errorTitle(title) : title}</title>
      <link rel="stylesheet" href="${STYLES}" />
      <link rel="icon" href="${ICON}" type="image/svg+xml" />
    </head>
    <body class="g-console">
      <div id="krds-skip-link"><a href="#main">${common.skip}</a></div>
      ${header(visit, parts)}
      <main id="main" class="g-main" tabindex="-1">${parts.main}</main>
      <footer class="g-footer">
        <div class="g-footer-inner"><p>${text.footer}</p></div>
      </footer>
    </body>
  </html>`
  response
    .status(parts.status ?? 200)
    .set('Content-Language', language)
    .type('html')
    .send(`<!doctype html>\n${page.markup}`)
}

function header(visit: Visit, parts: ConsoleParts): Child {
  const { text, common, clerk, language } = visit
  const other = language === 'ko' ? 'en' : 'ko'
  return html`<header class="g-header">
    <div class="g-header-inner">
      <a class="g-brand" href="/console"><img src="${ICON}" alt="" width="32" height="32" /><span>${text.name}</span></a>
      <div class="g-utility">
        ${clerk && signOut(visit, clerk.key.id)}
        <a href="${languageHref(visit, parts.path)}" lang="${other}" hreflang="${other}">${common.otherLanguage}</a>
      </div>
    </div>
    ${clerk && whose(visit)} ${clerk && menu(visit, parts.section)}
  </header>`
}

function whose({ clerk, language, text }: Visit): Child {
  const institution = clerk?.institution
  const name = institution ? (language === 'ko' ? institution.name_ko : institution.name_en) : text.platform
  return html`<p class="g-whose">
    <strong>${name}</strong> ${clerk?.key.mode === 'test' ? badge('warning', text.mode.test) : badge('gray', text.mode.live)}
  </p>`
}

const SECTIONS = ['today', 'bills', 'batches', 'exceptions', 'objections', 'returned', 'refunds', 'webhooks'] as const

export const pathOf = (section: (typeof SECTIONS)[number]): string => (section === 'today' ? '/console' : `/console/${section}`)

const menu = ({ text }: Visit, section: string | undefined): Child =>
  html`<nav class="g-nav" aria-label="${text.menu.label}">
    <ul>
      ${SECTIONS.map(
        (one) => html`<li><a href="${pathOf(one)}" ${one === section && html`aria-current="page"`}>${text.menu[one]}</a></li>`,
      )}
    </ul>
  </nav>`

const signOut = ({ root, text }: Visit, keyId: string): Child =>
  html`<form method="post" action="/console/sign-out">
    <input type="hidden" name="key" value="${newFormKey(root.config, keyId)}" />
    <button type="submit">${text.signOut}</button>
  </form>`

function languageHref({ request, language }: Visit, path: string | undefined): string {
  const address = new URL(request.method === 'POST' ? (path ?? '/console') : request.originalUrl, 'http://page.invalid')
  address.searchParams.set('lang', language === 'ko' ? 'en' : 'ko')
  return `${address.pathname}${address.search}`
}

import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { errorWords } from '../../composition/error-words.ts'
import { GojiError, LimitError, notFound } from '../../domain/errors.ts'
import { chooseLanguage, type Context, contextOf, type Site } from '../http/context.ts'
import { statusOf } from '../http/status-of.ts'
import { html } from '../html.ts'
import { sendPage } from '../parts/layout.ts'
import { TEXTS } from '../texts/index.ts'

/** Whatever no page took. */
export const nothingHere: RequestHandler = (_request, _response, next) => next(notFound('page'))

/** With the database down, or busy with somebody who asks too often, nobody is recognised, and the page has to come all the same. */
function anybody(site: Site, request: Request, response: Response): Context {
  const visitor = { session: null, links: [] }
  const language = chooseLanguage(site.root, request, response, visitor)
  return { ...site, request, response, now: site.root.clock.now(), visitor, language, text: TEXTS[language] }
}

/** Shows what went wrong in the look of every other page. Only what is our own mistake is logged, and nothing of it is told. */
export const showProblem =
  (site: Site): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    const status = statusOf(error)
    if (status >= 500) site.log.error({ ...errorWords(error), method: request.method, status }, 'a page failed')
    if (response.headersSent) return void response.end()
    // Guessing at bills and payments costs more than looking at them.
    if (error instanceof GojiError && error.kind === 'notFound' && error.code !== 'page_not_found')
      await site.limits.missByAddress(request.ip)
    if (error instanceof LimitError) response.set('Retry-After', String(Math.max(1, Math.ceil(error.wait / 1_000))))
    const context =
      status === 429
        ? anybody(site, request, response)
        : await contextOf(site, request, response).catch(() => anybody(site, request, response))
    const { text } = context
    const [title, message] =
      status === 404
        ? [text.problem.notFoundTitle, text.problem.notFound]
        : status === 429
          ? [text.problem.busyTitle, text.problem.busy]
          : status < 500
            ? [text.problem.refusedTitle, text.problem.refused]
            : [text.problem.failedTitle, text.problem.failed]
    sendPage(context, {
      title,
      status,
      main: html`<h1>${title}</h1>
        <p class="g-lead">${message}</p>
        <p class="g-actions">
          <a class="krds-btn secondary xlarge" href="${context.visitor.session ? '/bills' : '/'}"
            >${context.visitor.session ? text.back.bills : text.back.home}</a
          >
        </p>`,
    })
  }

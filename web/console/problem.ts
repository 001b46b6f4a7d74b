import type { ErrorRequestHandler } from 'express'
import { errorWords } from '../../composition/error-words.ts'
import { statusOf } from '../http/status-of.ts'
import { chooseLanguage, type Site } from '../http/context.ts'
import { html } from '../html.ts'
import { TEXTS } from '../texts/index.ts'
import { type Visit, visitOf } from './context.ts'
import { sendConsole } from './layout.ts'
import { CONSOLE_TEXTS } from '../texts/console/index.ts'

/** Shows what went wrong, with a way back. Only what is our own mistake is logged, and nothing of it is told. */
export const showConsoleProblem =
  (site: Site): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    const status = statusOf(error)
    if (status >= 500) site.log.error({ ...errorWords(error), method: request.method, status }, 'a page failed')
    if (response.headersSent) return void response.end()
    // With the database down nobody can be recognised, and the page has to come all the same.
    const visit = await visitOf(site, request, response).catch((): Visit => {
      const language = chooseLanguage(site.root, request, response, null)
      const words = { language, text: CONSOLE_TEXTS[language], common: TEXTS[language] }
      return { ...site, ...words, request, response, now: site.root.clock.now(), clerk: null }
    })
    const { problem, back } = visit.text
    const [title, message] =
      status === 404
        ? [problem.notFoundTitle, problem.notFound]
        : status === 403
          ? [problem.forbiddenTitle, problem.forbidden]
          : status < 500
            ? [problem.refusedTitle, problem.refused]
            : [problem.failedTitle, problem.failed]
    sendConsole(visit, {
      title,
      status,
      main: html`<h1>${title}</h1>
        <p class="g-lead">${message}</p>
        <p class="g-actions"><a class="krds-btn secondary large" href="/console">${back.today}</a></p>`,
    })
  }

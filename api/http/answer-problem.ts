import type { ErrorRequestHandler } from 'express'
import type { Logger } from '../log.ts'
import { toProblem } from '../problem.ts'
import { localsOf } from './locals.ts'

/** Answers every error as problem+json. Only what is our own mistake is logged with its stack, and nothing of it is told. */
export function answerProblem(log: Logger): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const { requestId, route } = localsOf(res)
    const { problem, headers } = toProblem(error, requestId)
    if (problem.status === 500)
      log.error({ requestId, route, error: error instanceof Error ? error.stack : String(error) }, 'request failed')
    else if (problem.status === 503)
      log.warn({ requestId, route, code: problem.code, cause: (error as { code?: unknown }).code }, 'a dependency is out of service')
    else if (problem.status === 401 || problem.status === 403) log.warn({ requestId, route, code: problem.code, from: req.ip }, 'refused')
    if (res.headersSent) {
      req.destroy()
      return
    }
    res.status(problem.status).set(headers).set('Cache-Control', 'no-store').type('application/problem+json').send(JSON.stringify(problem))
  }
}

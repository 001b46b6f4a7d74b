import type { ErrorRequestHandler, Request, Response } from 'express'
import { errorWords } from '../../composition/error-words.ts'
import type { Limits } from '../../composition/limits/limits.ts'
import type { Logger } from '../log.ts'
import { type Problem, toProblem } from '../problem.ts'
import { localsOf } from './locals.ts'

/** Answers every error as problem+json. Only what is our own mistake is logged with its stack, and nothing of it is told. */
export function answerProblem(log: Logger, limits: Limits): ErrorRequestHandler {
  return async (error, req, res, _next) => {
    const { requestId, route } = localsOf(res)
    const { problem, headers } = toProblem(error, requestId)
    if (problem.status === 500) log.error({ requestId, route, ...errorWords(error) }, 'request failed')
    else if (problem.status === 503)
      log.warn({ requestId, route, code: problem.code, cause: (error as { code?: unknown }).code }, 'a dependency is out of service')
    else if (problem.status === 401 || problem.status === 403) log.warn({ requestId, route, code: problem.code, from: req.ip }, 'refused')
    await countMiss(limits, problem, req, res)
    if (res.headersSent) {
      req.destroy()
      return
    }
    res.status(problem.status).set(headers).set('Cache-Control', 'no-store').type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Looking for what is not there, or signing with a wrong secret, costs more than asking: whoever guesses comes to an end soon. */
async function countMiss(limits: Limits, { status, code }: Problem, req: Request, res: Response): Promise<void> {
  const { caller } = localsOf(res)
  if (status === 404 && code !== 'path_not_found' && caller !== undefined) await limits.missByKey(caller.id)
  else if (code === 'signature_invalid') await limits.missByWebhook(req.ip)
}

import type { RequestHandler } from 'express'
import { pino, type Logger } from 'pino'
import { localsOf } from './http/locals.ts'

export type { Logger }

export const createLogger = (level: string): Logger => pino({ name: 'api', level })

/**
 * One line per request: route pattern, status, time, key and request id. Never a URL, a header or a body: a search
 * may carry a person's identifier, and a log is read by many.
 */
export function logRequests(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint()
    res.on('close', () => {
      const { requestId, route, caller } = localsOf(res)
      const ms = Number((process.hrtime.bigint() - started) / 10_000n) / 100
      log.info(
        { requestId, method: req.method, route, status: res.statusCode, ms, key: caller?.id, finished: res.writableFinished },
        'request',
      )
    })
    next()
  }
}

import type { RequestHandler } from 'express'
import type { Logger } from '../composition/log.ts'
import { localsOf } from './http/locals.ts'
import type { RequestMeter } from './http/request-meter.ts'

export type { Logger }

/** An id of ours as it stands in a path: it says nothing about a person. */
const ID = /^([a-z]{3,4})_[0-9a-z]{26}$/
/** How the ids of things that people look for in a log are called there. */
const CALLED: Readonly<Record<string, string>> = {
  bill: 'billId',
  chk: 'checkoutId',
  ref: 'refundId',
  pay: 'paymentId',
  stm: 'statementId',
  bat: 'batchId',
}
/** More would make a line of a batch's order longer than anybody reads. */
const CAUSED_MAX = 20

/**
 * One line per request: route pattern, status, time, key, request id, whose it was about and which facts it left in which bills. Never a
 * URL, a header or a body: a search may carry a person's identifier, and a log is read by many.
 */
export function logRequests(log: Logger, meter: RequestMeter): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint()
    res.on('close', () => {
      const { requestId, route, caller, caused = [] } = localsOf(res)
      const took = process.hrtime.bigint() - started
      meter.count({ method: req.method, route, status: res.statusCode, seconds: Number(took) / 1e9 })
      log.info(
        {
          requestId,
          method: req.method,
          route,
          status: res.statusCode,
          ms: Number(took / 10_000n) / 100,
          key: caller?.id,
          ...idsOf(req.params),
          ...(caused.length === 0 ? {} : { caused: caused.slice(0, CAUSED_MAX), causedInAll: caused.length }),
          finished: res.writableFinished,
        },
        'request',
      )
    })
    next()
  }
}

/** The ids in the path of a route; nothing else of the path is written. */
function idsOf(params: Readonly<Record<string, unknown>>): Record<string, string> {
  const ids: Record<string, string> = {}
  for (const value of Object.values(params)) {
    const [id, prefix = ''] = typeof value === 'string' ? (ID.exec(value) ?? []) : []
    if (id !== undefined) ids[CALLED[prefix] ?? 'subject'] = id
  }
  return ids
}

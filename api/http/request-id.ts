import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { localsOf } from './locals.ts'

const PATTERN = /^[A-Za-z0-9._-]{1,64}$/

/** Takes the caller's X-Request-Id or makes one, and says it back, so that both sides can find the same request. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id')
  const id = given !== undefined && PATTERN.test(given) ? given : `req_${randomBytes(12).toString('hex')}`
  localsOf(res).requestId = id
  res.setHeader('X-Request-Id', id)
  next()
}

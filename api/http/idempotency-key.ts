import type { RequestHandler } from 'express'
import { RequestError } from '../problem.ts'
import { localsOf } from './locals.ts'

const PATTERN = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/

/** Every POST names itself, so that a caller who lost the answer can ask again and nothing is done twice. */
export const idempotencyKey: RequestHandler = (req, res, next) => {
  const key = req.headers['idempotency-key']
  if (key === undefined || key === '') {
    throw new RequestError(
      400,
      'idempotency_key_missing',
      'Send an Idempotency-Key header: a random text of your own, the same when you repeat the request.',
    )
  }
  if (typeof key !== 'string' || !PATTERN.test(key)) {
    throw new RequestError(400, 'idempotency_key_malformed', 'The Idempotency-Key has to be 1 to 255 printable ASCII characters.')
  }
  localsOf(res).idempotencyKey = key
  next()
}

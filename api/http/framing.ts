import type { RequestHandler } from 'express'
import { RequestError } from '../problem.ts'

/**
 * Refuses what two servers in a row could read differently. Any coding but exactly `chunked` leaves open where the body
 * ends; a compressed body may unpack to any size.
 */
export const framing: RequestHandler = (req, _res, next) => {
  const transfer = req.headers['transfer-encoding']
  if (transfer !== undefined && transfer !== 'chunked') {
    throw new RequestError(400, 'transfer_encoding_refused', 'The only Transfer-Encoding taken here is "chunked".', {
      headers: { Connection: 'close' },
    })
  }
  if (req.headers['content-encoding'] !== undefined) {
    throw new RequestError(415, 'content_encoding_refused', 'Send the body as it is, without a Content-Encoding.', {
      headers: { Connection: 'close' },
    })
  }
  next()
}

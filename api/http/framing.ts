import type { RequestHandler } from 'express'
import { RequestError } from '../problem.ts'

/**
 * Refuses what two servers in a row could read differently. Any coding but exactly `chunked` leaves open where the body
 * ends; a compressed body may unpack to any size.
 */
export const framing: RequestHandler = (req, _res, next) => {
  // Node takes the first of two; whoever stands before us may have taken the other.
  if (req.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1) {
    throw new RequestError(400, 'request_malformed', 'The request names two hosts.', { headers: { Connection: 'close' } })
  }
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

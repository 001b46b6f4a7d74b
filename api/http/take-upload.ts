import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import type { Root } from '../../composition/root.ts'
import { dropUpload, saveUpload } from '../../store/uploads/save-upload.ts'
import type { Uploads } from '../endpoint.ts'
import { RequestError } from '../problem.ts'
import type { Slowest } from './slowest.ts'
import { localsOf } from './locals.ts'
import { paced } from './paced.ts'

/** Keeps a body of one of these types as it comes; others are read as everywhere. What it is worth is seen when it is read. */
export function takeUpload({ types, bytesMax }: Uploads, { sql, clock }: Root, { pace }: Slowest): RequestHandler {
  return async (req, res, next) => {
    const [type = ''] = (req.headers['content-type'] ?? '').split(';', 1)
    if (!types.includes(type.trim().toLowerCase())) return next()
    if (Number(req.headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax)
    const upload = await saveUpload(sql, bounded(req, bytesMax, pace), clock.now())
    if (upload.bytes === 0) {
      await dropUpload(sql, upload.id)
      throw new RequestError(400, 'body_missing', 'The body is empty. Send the file as it is.')
    }
    localsOf(res).upload = upload
    localsOf(res).body = upload.sha256
    next()
  }
}

async function* bounded(req: IncomingMessage, bytesMax: number, pace: Slowest['pace']): AsyncGenerator<Buffer> {
  let size = 0
  try {
    for await (const chunk of paced(req, pace)) {
      size += chunk.length
      if (size > bytesMax) throw tooLarge(bytesMax)
      yield chunk
    }
  } catch (error) {
    req.resume()
    throw error instanceof RequestError ? error : new RequestError(400, 'body_cut_short', 'The body ended before its announced length.')
  }
}

const tooLarge = (bytesMax: number): RequestError =>
  new RequestError(413, 'body_too_large', `The body is over the limit of ${bytesMax} bytes.`, { headers: { Connection: 'close' } })

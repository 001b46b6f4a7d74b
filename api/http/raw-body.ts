import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { RequestError } from '../problem.ts'
import { type Slowest, SLOWEST } from './slowest.ts'
import { localsOf } from './locals.ts'
import { tooSlow } from './paced.ts'

/** Bodies of the API: the largest bill fits many times. */
export const API_BYTES_MAX = 64 * 1024
/** Bodies of providers' webhooks. */
export const WEBHOOK_BYTES_MAX = 256 * 1024
/** Settlement files: about half a million lines. */
export const STATEMENT_BYTES_MAX = 50 * 1024 * 1024
/** Banks' statements, which are kept as they come. */
export const UPLOAD_BYTES_MAX = 512 * 1024 * 1024

/** Reads the body as the bytes that came, for signatures and for idempotency keys; more than `bytesMax` is refused. */
export function rawBody(bytesMax: number, { bodyTimeout }: Pick<Slowest, 'bodyTimeout'> = SLOWEST): RequestHandler {
  return async (req, res, next) => {
    if (localsOf(res).upload !== undefined) return next()
    localsOf(res).body = await read(req, bytesMax, bodyTimeout)
    next()
  }
}

async function read(req: IncomingMessage, bytesMax: number, timeout: number): Promise<Buffer> {
  const tooLarge = (): RequestError =>
    new RequestError(413, 'body_too_large', `The body is over the limit of ${bytesMax} bytes.`, { headers: { Connection: 'close' } })
  if (Number(req.headers['content-length'] ?? 0) > bytesMax) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    const slow = setTimeout(() => stop(tooSlow()), timeout)
    const stop = (error: Error): void => {
      clearTimeout(slow)
      req.off('data', take)
      // What still comes is thrown away, so that the answer can be read before the connection closes.
      req.resume()
      reject(error)
    }
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size > bytesMax) stop(tooLarge())
      else chunks.push(chunk)
    }
    req.on('data', take)
    req.once('end', () => {
      clearTimeout(slow)
      resolve(Buffer.concat(chunks))
    })
    req.once('error', () => stop(new RequestError(400, 'body_cut_short', 'The body ended before its announced length.')))
    req.once('aborted', () => stop(new RequestError(400, 'body_cut_short', 'The body ended before its announced length.')))
  })
}

import type { RequestHandler } from 'express'
import { RequestError } from '../problem.ts'
import { localsOf } from './locals.ts'

const UTF8 = '(?:\\s*;\\s*charset="?utf-8"?)?\\s*$'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a body may be: JSON or text, each in UTF-8, or a file whose own bytes say what it is. */
export type MediaType = 'application/json' | 'text/plain' | 'text/csv' | 'application/octet-stream' | typeof XLSX

/** Refuses a body whose type or charset is not one of `types`. A request without a body needs no type. */
export function contentType(types: readonly MediaType[]): RequestHandler {
  const pattern = new RegExp(`^(?:${types.join('|').replaceAll('.', '\\.')})${UTF8}`, 'i')
  return (req, res, next) => {
    if (localsOf(res).upload !== undefined) return next()
    const given = req.headers['content-type']
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
    if (given === undefined ? hasBody : given.length > 100 || !pattern.test(given)) {
      throw new RequestError(415, 'content_type_refused', `The body has to be ${types.join(' or ')} in UTF-8. Say so in Content-Type.`)
    }
    next()
  }
}

import type { RequestHandler } from 'express'
import { RequestError } from '../problem.ts'

/** For a path that is there, but not with this method. */
export function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  const methods = [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])].join(', ')
  return () => {
    throw new RequestError(405, 'method_not_allowed', `This path takes ${methods}.`, { headers: { Allow: methods } })
  }
}

/** For a path that nothing took. */
export const pathNotFound: RequestHandler = () => {
  throw new RequestError(404, 'path_not_found', 'There is nothing at this path. /openapi.json lists what there is.')
}

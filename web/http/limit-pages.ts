import type { RequestHandler } from 'express'
import type { Limits } from '../../composition/limits/limits.ts'

/** Pages are counted by the network they go to, before anything is read for them. Styles and pictures are not. */
export const limitPages =
  (limits: Limits): RequestHandler =>
  async (request, _response, next) => {
    await limits.useAddress(request.ip)
    next()
  }

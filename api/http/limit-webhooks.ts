import type { RequestHandler } from 'express'
import type { Limits } from '../../composition/limits/limits.ts'

/** Providers have no key of ours: what they report is counted by where it comes from, before anything of it is read. */
export const limitWebhooks =
  (limits: Limits): RequestHandler =>
  async (req, _res, next) => {
    await limits.useWebhook(req.ip)
    next()
  }

import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** For answers that are data: a browser that shows one anyway may load and run nothing. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] },
  },
  referrerPolicy: { policy: 'no-referrer' },
})

/** For the reference pages: their own scripts and styles, and still nothing from elsewhere. */
export const docsSecurityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
})

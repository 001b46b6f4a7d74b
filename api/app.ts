import express, { type Express } from 'express'
import { errorWords } from '../composition/error-words.ts'
import { Limits } from '../composition/limits/limits.ts'
import { createLogger, type Logger } from '../composition/log.ts'
import type { Root } from '../composition/root.ts'
import { createWeb } from '../web/index.ts'
import { docsRouter } from './docs.ts'
import { endpoints } from './endpoints.ts'
import { answerProblem } from './http/answer-problem.ts'
import { framing } from './http/framing.ts'
import { type Slowest, SLOWEST } from './http/slowest.ts'
import { requestId } from './http/request-id.ts'
import { RequestMeter } from './http/request-meter.ts'
import { docsSecurityHeaders, securityHeaders } from './http/security-headers.ts'
import { pathNotFound } from './http/unmatched.ts'
import { logRequests } from './log.ts'
import { mountEndpoints } from './mount.ts'
import { tellEngine } from './wake.ts'

/** Everything that answers over HTTP: the API, webhooks in, the reference, and the citizens' pages, which take all the rest. */
export function createApp(
  root: Root,
  log: Logger = createLogger('api', root.config.GOJI_LOG_LEVEL),
  slowest: Slowest = SLOWEST,
  meter: RequestMeter = new RequestMeter(),
): Express {
  const app = express()
  app.set('case sensitive routing', true).set('strict routing', true).set('query parser', false)
  app.set('trust proxy', root.config.GOJI_TRUSTED_PROXIES)
  app.disable('x-powered-by').disable('etag')
  const limits = new Limits(root, (error) => log.warn(errorWords(error), 'requests are not counted for a while'))
  app.use(requestId, logRequests(log, meter), framing)
  app.use('/docs', docsSecurityHeaders, docsRouter())
  app.use(['/v1', '/webhooks', '/healthz', '/readyz', '/openapi.json'], securityHeaders)
  mountEndpoints(app, endpoints, { root, limits, tell: tellEngine(root.engine, root.clock, log), log, slowest })
  app.use(['/v1', '/webhooks'], pathNotFound)
  app.use(createWeb(root, limits, log.child({ part: 'web' }), slowest))
  app.use(answerProblem(log, limits))
  return app
}

import { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Book } from './book.ts'
import type { Captures } from './captures.ts'
import type { Clock } from './clock.ts'
import { type Faults, faultSchema } from './faults.ts'
import { authorizeBody, claimBody, clockBody, declineBody, keyInPath, read } from './input.ts'
import { paymentAnswer, type Payments } from './payments.ts'
import type { Refunds } from './refunds.ts'
import { settle } from './settlement.ts'

interface Desk {
  readonly book: Book
  readonly captures: Captures
  readonly clock: Clock
  readonly faults: Faults
  readonly payments: Payments
  readonly refunds: Refunds
}

/** What no real gateway offers: simulated citizens, the end of day, a clock that can be moved, faults on request. */
export function driverRoutes({ book, captures, clock, faults, payments, refunds }: Desk): Router {
  const router = Router()
  const answer =
    (handle: (...request: Parameters<RequestHandler>) => object): RequestHandler =>
    async (request, response, next) => {
      const body = handle(request, response, next)
      await book.flushed()
      response.json(body)
    }

  router.post(
    '/sessions/:key/authorize',
    answer((request) => {
      const { method, paidAt } = read(authorizeBody, request.body)
      const session = payments.byKey(keyInPath(request))
      payments.authorize(session, method, paidAt)
      return paymentAnswer(session)
    }),
  )

  router.post(
    '/sessions/:key/decline',
    answer((request) => {
      const { code, final } = read(declineBody, request.body ?? {})
      const session = payments.byKey(keyInPath(request))
      payments.decline(session, code, final)
      return paymentAnswer(session)
    }),
  )

  router.post(
    '/sessions/:key/claim',
    answer((request) => {
      const session = payments.byKey(keyInPath(request))
      payments.claim(session, read(claimBody, request.body).state)
      return paymentAnswer(session)
    }),
  )

  router.get(
    '/sessions/:key/captures',
    answer((request) => ({ captures: captures.of(keyInPath(request)) })),
  )

  router.post(
    '/settlements',
    answer(() => ({ files: settle(book, clock) })),
  )

  router.get(
    '/clock',
    answer(() => ({ now: clock.now() })),
  )
  router.post(
    '/clock',
    answer((request) => {
      book.record({ op: 'clock', ...read(clockBody, request.body) })
      refunds.finishDue()
      return { now: clock.now() }
    }),
  )

  router.get(
    '/faults',
    answer(() => faults.report()),
  )
  router.post(
    '/faults',
    answer((request) => {
      faults.add(read(z.array(faultSchema).max(100), request.body))
      return faults.report()
    }),
  )
  router.delete(
    '/faults',
    answer(() => {
      faults.clear()
      return faults.report()
    }),
  )

  return router
}

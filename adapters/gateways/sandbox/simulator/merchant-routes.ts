import { type Request, Router } from 'express'
import { answering } from './answer.ts'
import type { Book } from './book.ts'
import type { Fault, Faults } from './faults.ts'
import { idempotencyKey, keyInPath, read, refundBody, sessionBody } from './input.ts'
import { paymentAnswer, type Payments } from './payments.ts'
import { Refusal } from './refusal.ts'
import { refundAnswer, type RefundCourse, type Refunds } from './refunds.ts'

/** The API that a merchant's server calls. */
export function merchantRoutes(book: Book, faults: Faults, payments: Payments, refunds: Refunds): Router {
  const router = Router()
  const answer = answering(book, faults)
  const keyInHeader = (request: Request): string => request.get('idempotency-key') ?? ''

  router.post(
    '/sessions',
    answer('session', keyInHeader, (request) => {
      const session = payments.open(idempotencyKey(request), read(sessionBody, request.body))
      return { ...paymentAnswer(session), url: `http://127.0.0.1:${request.socket.localPort}/pay/${session.token}` }
    }),
  )

  router.get(
    '/sessions/:key',
    answer('payment', keyInPath, (request) => paymentAnswer(payments.byKey(keyInPath(request)))),
  )

  router.post(
    '/sessions/:key/capture',
    answer('capture', keyInPath, (request, fault) => {
      const session = payments.byKey(keyInPath(request))
      if (fault?.mode === 'decline') payments.refuseCapture(session)
      else payments.capture(session)
      return paymentAnswer(session)
    }),
  )

  router.post(
    '/sessions/:key/cancel',
    answer('cancel', keyInPath, (request) => {
      const key = keyInPath(request)
      if (!book.state.sessions.has(key)) payments.bar(key)
      const session = payments.byKey(key)
      payments.cancel(session)
      return paymentAnswer(session)
    }),
  )

  router.post(
    '/refunds',
    answer('refund', keyInHeader, (request, fault) =>
      refundAnswer(refunds.request(idempotencyKey(request), read(refundBody, request.body), courseUnder(fault))),
    ),
  )

  router.get(
    '/refunds/:key',
    answer('refundReport', keyInPath, (request) => refundAnswer(refunds.byKey(keyInPath(request)))),
  )

  router.get(
    '/settlements',
    answer(
      'settlement',
      () => '',
      () => ({ files: [...book.state.settlements.keys()] }),
    ),
  )

  router.get(
    '/settlements/:key',
    answer('settlement', keyInPath, (request) => {
      const file = book.state.settlements.get(keyInPath(request))
      if (file === undefined) throw new Refusal(404, 'settlement_not_found', 'There is no such settlement file.')
      return file.text
    }),
  )

  return router
}

function courseUnder(fault: Fault | undefined): RefundCourse {
  if (fault?.mode === 'decline') return { kind: 'fail' }
  if (fault?.mode === 'late') return { kind: 'after', ms: fault.delayMs ?? 2_000 }
  return { kind: 'now' }
}

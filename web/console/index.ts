import express, { type RequestHandler, type Router } from 'express'
import type { Scope } from '../../store/keys/insert-api-key.ts'
import { notFound } from '../../domain/errors.ts'
import type { Site } from '../http/context.ts'
import { type ConsolePage, showConsole, showOpen } from './context.ts'
import { amendPage, giveAmendment } from './pages/amend.ts'
import { batchesPage, batchPage, orderTheBatch } from './pages/batches.ts'
import { billPage } from './pages/bill.ts'
import { billsPage } from './pages/bills.ts'
import { decideRefund, decisionPage } from './pages/decide-refund.ts'
import { endException, exceptionPage, exceptionsPage } from './pages/exceptions.ts'
import { refundsPage, returnedPage } from './pages/lists.ts'
import { answerObjection, objectionPage, objectionsPage } from './pages/objections.ts'
import { giveOrder, orderPage } from './pages/order.ts'
import { giveRefund, refundPage } from './pages/refund.ts'
import { todayPage } from './pages/today.ts'
import { turnWebhook, webhookPage, webhooksPage } from './pages/webhooks.ts'
import { showConsoleProblem } from './problem.ts'
import { consoleSignIn, enterConsole, leaveConsole } from './sign-in.ts'

/** Every page by its path, with the scope that a clerk's key needs for it. */
const PAGES: Readonly<Record<string, { readonly get?: [Scope, ConsolePage]; readonly post?: [Scope, ConsolePage] }>> = {
  '/console': { get: ['bills:read', todayPage] },
  '/console/bills': { get: ['bills:read', billsPage] },
  '/console/bills/:id': { get: ['bills:read', billPage] },
  '/console/bills/:id/amend': { get: ['bills:write', amendPage], post: ['bills:write', giveAmendment] },
  '/console/bills/:id/refund': { get: ['bills:write', refundPage], post: ['bills:write', giveRefund] },
  '/console/bills/:id/:order': { get: ['bills:write', orderPage], post: ['bills:write', giveOrder] },
  '/console/batches': { get: ['bills:read', batchesPage] },
  '/console/batches/:id': { get: ['bills:read', batchPage], post: ['bills:write', orderTheBatch] },
  '/console/exceptions': { get: ['bills:read', exceptionsPage] },
  '/console/exceptions/:id': { get: ['bills:read', exceptionPage], post: ['statements:write', endException] },
  '/console/objections': { get: ['bills:read', objectionsPage] },
  '/console/objections/:id': { get: ['bills:read', objectionPage], post: ['bills:write', answerObjection] },
  '/console/returned': { get: ['bills:read', returnedPage] },
  '/console/refunds': { get: ['bills:read', refundsPage] },
  '/console/refunds/:id': { get: ['bills:read', decisionPage], post: ['refunds:approve', decideRefund] },
  '/console/webhooks': { get: ['webhooks:write', webhooksPage] },
  '/console/webhooks/:id': { get: ['webhooks:write', webhookPage], post: ['webhooks:write', turnWebhook] },
  '/console/sign-out': { post: ['console', leaveConsole] },
}

/** The pages for staff of institutions and for the operator, under /console. */
export function consoleRouter(site: Site): Router {
  const router = express.Router()
  router.get('/console/sign-in', showOpen(site, consoleSignIn))
  router.post('/console/sign-in', showOpen(site, enterConsole))
  for (const [path, { get, post }] of Object.entries(PAGES)) {
    if (get) router.get(path, showConsole(site, ...get))
    if (post) router.post(path, showConsole(site, ...post))
  }
  const nothingHere: RequestHandler = (_request, _response, next) => next(notFound('page'))
  router.use('/console', nothingHere, showConsoleProblem(site))
  return router
}

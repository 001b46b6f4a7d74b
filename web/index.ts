import express, { type Router } from 'express'
import { errorWords } from '../composition/error-words.ts'
import { Limits } from '../composition/limits/limits.ts'
import { createLogger, type Logger } from '../composition/log.ts'
import type { Root } from '../composition/root.ts'
import { assets } from './assets/assets.ts'
import { consoleRouter } from './console/index.ts'
import { type Page, show, type Site } from './http/context.ts'
import { formBody } from './http/form-body.ts'
import { guardForms, guardHeaders } from './http/guard.ts'
import { limitPages } from './http/limit-pages.ts'
import { askExtension } from './pages/bill/extension.ts'
import { fileOwnObjection, objectionPage, withdrawObjection } from './pages/bill/objection.ts'
import { billPage } from './pages/bill/page.ts'
import { giveOwnRefundAccount, refundAccountPage } from './pages/bill/refund-account.ts'
import { billsPage } from './pages/bills/page.ts'
import { checkoutPage } from './pages/checkout/preparing.ts'
import { receiptPage } from './pages/checkout/receipt.ts'
import { returnPage } from './pages/checkout/result.ts'
import { transferPage } from './pages/checkout/transfer.ts'
import { homePage } from './pages/home.ts'
import { linkPage } from './pages/link.ts'
import { chooseBills } from './pages/pay/choose.ts'
import { payPage } from './pages/pay/page.ts'
import { startPayment } from './pages/pay/start.ts'
import { preferencesPage, savePreferences } from './pages/preferences.ts'
import { nothingHere, showProblem } from './pages/problem.ts'
import { codePage, enterCode } from './pages/sign-in/code.ts'
import { askForCode, signInPage } from './pages/sign-in/contact.ts'
import { signOut } from './pages/sign-in/sign-out.ts'

/** Every page by its path: what it shows, and what a form that is sent there does. */
const PAGES: Readonly<Record<string, { readonly get?: Page; readonly post?: Page }>> = {
  '/': { get: homePage },
  '/bills': { get: billsPage },
  '/bills/:id': { get: billPage },
  '/bills/:id/refund-account': { get: refundAccountPage, post: giveOwnRefundAccount },
  '/bills/:id/extension': { post: askExtension },
  '/bills/:id/objection': { get: objectionPage, post: fileOwnObjection },
  '/bills/:id/objection/withdraw': { post: withdrawObjection },
  '/pay': { get: payPage, post: chooseBills },
  '/checkouts': { post: startPayment },
  '/checkouts/:id': { get: checkoutPage },
  '/checkouts/:id/return': { get: returnPage },
  '/checkouts/:id/receipt': { get: receiptPage },
  '/transfers/:id': { get: transferPage },
  '/n/:token': { get: linkPage },
  '/sign-in': { get: signInPage, post: askForCode },
  '/sign-in/code': { get: codePage, post: enterCode },
  '/sign-out': { post: signOut },
  '/preferences': { get: preferencesPage, post: savePreferences },
}

/**
 * The citizens' pages. Mount them last and at the root: whatever no page takes gets their page for that, and their
 * errors are answered here, in the same look.
 */
export function createWeb(
  root: Root,
  counted?: Limits,
  log: Logger = createLogger('web', root.config.GOJI_LOG_LEVEL),
  { bodyTimeout }: { readonly bodyTimeout?: number } = {},
): Router {
  const limits = counted ?? new Limits(root, (error) => log.warn(errorWords(error), 'requests are not counted for a while'))
  const site: Site = { root, limits, log }
  const router = express.Router()
  router.use(assets())
  router.use(guardHeaders(root.config.GOJI_BASE_URL), guardForms(root.config.GOJI_BASE_URL))
  router.use(limitPages(limits))
  router.use(formBody(bodyTimeout))
  router.use(consoleRouter(site))
  for (const [path, { get, post }] of Object.entries(PAGES)) {
    if (get) router.get(path, show(site, get))
    if (post) router.post(path, show(site, post))
  }
  router.use(nothingHere, showProblem(site))
  return router
}

import { type RequestHandler, type Response, Router, urlencoded } from 'express'
import { z } from 'zod'
import type { Book } from './book.ts'
import { METHODS } from './entries.ts'
import { endedPage, missingPage, payPage } from './pages.ts'
import type { Payments } from './payments.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './state.ts'
import { STYLE_HASH } from './style.ts'
import { DECLINE_CODES } from './texts.ts'

const form = z.object({ method: z.enum(METHODS), outcome: z.enum(['approve', ...DECLINE_CODES]).default('approve') })

type Outcome = { readonly html: string; readonly status: number } | { readonly redirect: string }

/** The hosted payment page. It needs no JavaScript; every change is a form, answered with a redirect. */
export function pageRoutes(book: Book, payments: Payments): Router {
  const router = Router()
  const page =
    (handle: (session: Session, body: unknown) => Outcome): RequestHandler =>
    async (request, response) => {
      const session = sessionOf(payments, String(request.params['token']))
      const outcome = session === undefined ? { html: missingPage(), status: 404 } : handle(session, request.body)
      await book.flushed()
      secure(response, session)
      if ('redirect' in outcome) response.redirect(303, outcome.redirect)
      else response.status(outcome.status).type('html').send(outcome.html)
    }

  router.get('/pay/:token', page(show))

  router.post(
    '/pay/:token',
    urlencoded({ extended: false, limit: '4kb' }),
    page((session, body) => {
      // A second click on "pay" finds the first one done: the citizen goes on as if it had been this one.
      if (session.status === 'AUTHORIZED' || session.status === 'CAPTURED') return { redirect: session.returnUrl }
      if (session.status !== 'OPEN') return show(session)
      const choice = form.safeParse(body)
      if (!choice.success) return { html: payPage(session, true), status: 422 }
      const { method, outcome } = choice.data
      if (outcome !== 'approve') {
        payments.decline(session, outcome)
        return { redirect: `/pay/${session.token}` }
      }
      payments.authorize(session, method)
      return { redirect: session.returnUrl }
    }),
  )

  router.post(
    '/pay/:token/cancel',
    page((session) => {
      if (session.status === 'OPEN') payments.cancel(session)
      return { redirect: session.returnUrl }
    }),
  )

  return router
}

const show = (session: Session): Outcome => ({
  html: session.status === 'OPEN' ? payPage(session) : endedPage(session, session.status),
  status: 200,
})

function sessionOf(payments: Payments, token: string): Session | undefined {
  try {
    return payments.byToken(token)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/**
 * Nothing but the page's own style runs, nobody may frame it, and its address, which is a secret, is told to nobody.
 * Browsers check `form-action` against redirects too, so the merchant's address has to be among them.
 */
function secure(response: Response, session: Session | undefined): void {
  const back = session === undefined ? '' : ` ${new URL(session.returnUrl).origin}`
  response.set({
    'content-security-policy': `default-src 'none'; style-src ${STYLE_HASH}; img-src data:; form-action 'self'${back}; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
}

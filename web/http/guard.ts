import type { RequestHandler } from 'express'
import { GojiError } from '../../domain/errors.ts'

/** Everything comes from here, nothing runs, nobody frames the page. A form that leads on to the gateway says so itself. */
const POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Browsers apply `form-action` to redirects after a form too, and the gateway's host is known only once it has answered. */
export const contentPolicy = (formsLeadOut: boolean): string => `${POLICY}; form-action ${formsLeadOut ? "'self' https: http:" : "'self'"}`

/** Headers of every page. Personal pages are neither stored, indexed, framed nor named to other sites. */
export function guardHeaders(baseUrl: string): RequestHandler {
  const secure = baseUrl.startsWith('https:')
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': contentPolicy(false),
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cache-Control': 'no-store',
      ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
    })
    next()
  }
}

/** A form sent by another site is refused, whatever cookies came with it. Browsers that say nothing rely on SameSite. */
export function guardForms(baseUrl: string): RequestHandler {
  const own = new URL(baseUrl).origin
  return (request, _response, next) => {
    const { origin, host, 'sec-fetch-site': site } = request.headers
    const foreign =
      site !== undefined
        ? site !== 'same-origin' && site !== 'none'
        : origin !== undefined && origin !== own && !(URL.canParse(origin) && new URL(origin).host === host)
    next(
      request.method === 'POST' && foreign ? new GojiError('forbidden', 'form_foreign', 'The form was sent by another site.') : undefined,
    )
  }
}

/** True where a machine only looks ahead: a link preview or a browser that prefetches. Nobody has read anything then. */
export const isPreview = (request: { method: string; headers: Readonly<Record<string, string | string[] | undefined>> }): boolean =>
  request.method === 'HEAD' ||
  ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].some((name) => /prefetch|preview|prerender/i.test(String(request.headers[name] ?? '')))

import type { ServerResponse } from 'node:http'
import type { Fault } from './faults.ts'

export type Reply =
  | { readonly status: number; readonly json: unknown }
  /** A page, whose forms stay with the provider unless they say that they lead on. */
  | { readonly status: number; readonly html: string; readonly leadsOn?: boolean }
  | { readonly status: number; readonly csv: string }
  /** After a form, back to a page. */
  | { readonly status: 303; readonly location: string }

/** The body of a failure in the provider's own shape. */
export type FailureBody = (code: 'internal' | 'rate_limited' | 'unavailable') => object

type Failing = Pick<Fault, 'mode' | 'delayMs' | 'patch'>

const HUGE = ' '.repeat(64 * 1024)

/** The faults that keep the request from having an effect. True where the answer is given. */
export function failBefore(fault: Failing, response: ServerResponse, body: FailureBody): boolean {
  const retryAfter = { 'retry-after': String(Math.max(1, Math.ceil((fault.delayMs ?? 1_000) / 1_000))) }
  switch (fault.mode) {
    case 'errorBefore':
      send(response, { status: 500, json: body('internal') })
      return true
    case 'rateLimit':
      send(response, { status: 429, json: body('rate_limited') }, retryAfter)
      return true
    case 'unavailable':
      send(response, { status: 503, json: body('unavailable') }, retryAfter)
      return true
    case 'htmlError':
      send(response, { status: 502, html: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>' })
      return true
    default:
      return false
  }
}

/** The faults that befall the answer to an effect that has happened. True where the answer is given, or never will be. */
export function failAfter(fault: Failing, reply: Reply, response: ServerResponse, body: FailureBody): boolean {
  switch (fault.mode) {
    case 'errorAfterEffect':
      send(response, { status: 500, json: body('internal') })
      return true
    case 'hangAfterEffect':
      // The connection stays open and silent until the client gives up.
      return true
    case 'drop':
      response.destroy()
      return true
    case 'brokenBody': {
      const { type, text } = contentOf(reply)
      response.writeHead(reply.status, { 'content-type': type }).end(text.slice(0, Math.max(1, text.length / 2)))
      return true
    }
    case 'hugeBody':
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      pour(response)
      return true
    case 'patch':
      if (!('json' in reply)) return false
      send(response, { ...reply, json: { ...(reply.json as object), ...fault.patch } })
      return true
    default:
      return false
  }
}

/** An answer without end. */
function pour(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write(HUGE));
  }
  response.on('drain', more)
  more()
}

export function send(response: ServerResponse, reply: Reply, headers: Readonly<Record<string, string>> = {}): void {
  if ('location' in reply) {
    response.writeHead(reply.status, { location: reply.location }).end()
    return
  }
  const { type, text } = contentOf(reply)
  response.writeHead(reply.status, { 'content-type': type, ...('html' in reply ? secure(reply) : {}), ...headers }).end(text)
}

function contentOf(reply: Reply): { readonly type: string; readonly text: string } {
  if ('html' in reply) return { type: 'text/html; charset=utf-8', text: reply.html }
  if ('csv' in reply) return { type: 'text/csv; charset=utf-8', text: reply.csv }
  return { type: 'application/json', text: 'json' in reply ? JSON.stringify(reply.json) : '{"' }
}

/** Only the page's own style, no script, no frame; where a simulated citizen came from is told to nobody. */
const secure = ({ leadsOn = false }: { readonly leadsOn?: boolean }): Readonly<Record<string, string>> => ({
  // A browser holds a form to this also where its answer leads on, to the merchant.
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action ${leadsOn ? '*' : "'self'"}; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})

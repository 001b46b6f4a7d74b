import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { escape } from '../../../kit/escape.ts'
import { page } from '../../../kit/simulator/pages.ts'
import { isReason, REASONS } from '../statuses.ts'
import type { PrintedLetter, PrintHouse } from './print-house.ts'

const BODY_BYTES_MAX = 10_000

/** The print house's desk: every letter with its PDF, and what the post does with it. The caller lets it listen. */
export const createDesk = (house: PrintHouse): Server =>
  createServer((request, response) => {
    answer(house, request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) send(response, 500, 'text/plain', 'Something went wrong.')
    })
  })

async function answer(house: PrintHouse, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://desk')
  const [, first = '', key = '', verb = ''] = url.pathname.split('/').map(decodeURIComponent)
  const recipient = url.searchParams.get('recipient')
  const letters = house.letters.filter((letter) => recipient === null || letter.recipient === recipient)
  if (request.method === 'GET' && first === '') return send(response, 200, 'text/html', page('Letters', letters.map(article).join('\n')))
  if (request.method === 'GET' && first === 'letters' && key === '') return send(response, 200, 'application/json', JSON.stringify(letters))
  if (request.method === 'GET' && first === 'letters' && key.endsWith('.pdf')) {
    const pdf = house.pdf(key.slice(0, -4))
    return pdf === null ? send(response, 404, 'text/plain', 'There is no such letter.') : send(response, 200, 'application/pdf', pdf)
  }
  if (request.method === 'POST' && first === 'letters' && (verb === 'deliver' || verb === 'return')) {
    const reason = new URLSearchParams(await readBody(request)).get('reason') ?? ''
    const outcome = verb === 'deliver' ? 'delivered' : isReason(reason) ? reason : null
    if (outcome === null || !house.end(key, outcome, Date.now()))
      return send(response, 409, 'text/plain', 'There is no such letter on its way.')
    if (request.headers.accept?.includes('text/html')) return void response.writeHead(303, { location: '/' }).end()
    return send(response, 200, 'text/plain', 'Done.')
  }
  send(response, 404, 'text/plain', 'There is no such page.')
}

const article = ({ key, batch, pages, postage, status, reason }: PrintedLetter): string => `<article data-key="${escape(key)}">
<a href="/letters/${encodeURIComponent(key)}.pdf">${escape(key)}</a>, ${pages} pages, ${escape(postage)}, ${escape(batch)}
<strong>${escape(status)} ${escape(reason)}</strong>${
  status === 'posted'
    ? `<form method="post" action="/letters/${encodeURIComponent(key)}/deliver"><button>Deliver</button></form>
<form method="post" action="/letters/${encodeURIComponent(key)}/return"><label>Reason <select name="reason">${Object.keys(REASONS)
        .map((word) => `<option>${word}</option>`)
        .join('')}</select></label> <button>Bring back</button></form>`
    : ''
}
</article>`

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  const charset = type === 'application/pdf' ? '' : '; charset=utf-8'
  response
    .writeHead(status, {
      'content-type': `${type}${charset}`,
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .end(body)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= BODY_BYTES_MAX) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { GojiError } from '../../../../domain/errors.ts'
import { formatAmount, parseMoney } from '../../../../domain/money.ts'
import { escape } from '../../../kit/escape.ts'
import { page } from '../../../kit/simulator/pages.ts'
import { send } from '../../../kit/simulator/reply.ts'
import type { SimulatorFlags } from '../../../kit/simulator/run.ts'
import { Bank } from './bank.ts'
import { type Booked, notification, statement } from './camt.ts'

/** Our account at the simulated bank. */
export const ACCOUNT = '1002-123-456789'
const FORM_BYTES_MAX = 16 * 1024

/** A bank at which anybody transfers to our account, and which tells of it in statements and notifications. */
export function openBank({ folder }: Pick<SimulatorFlags, 'folder'>): { readonly server: Server; readonly start: () => void } {
  const bank = new Bank(folder)
  const server = createServer((request, response) => {
    answer(bank, request, response).catch((error: unknown) => {
      const isWrong = error instanceof GojiError || error instanceof RangeError
      text(response, isWrong ? 422 : 500, error instanceof Error ? error.message : 'The bank failed.')
    })
  })
  return { server, start: () => undefined }
}

async function answer(bank: Bank, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://bank')
  const [, kind, name = ''] = /^\/(statements|notifications)\/([A-Z0-9-]{1,40})\.xml$/.exec(pathname) ?? []
  if (request.method === 'GET' && kind !== undefined) return file(bank, response, kind, name)
  if (request.method === 'GET' && pathname === '/') return send(response, { status: 200, html: front(bank) })
  if (request.method === 'GET' && pathname === '/statements') return json(response, { files: bank.days.map((day) => day.name) })
  if (request.method === 'POST' && pathname === '/transfers') {
    const booked = transfer(bank, new URLSearchParams(await formOf(request)))
    return request.headers.accept === 'application/json' ? json(response, { id: booked.id }) : back(response)
  }
  if (request.method === 'POST' && pathname === '/days') {
    bank.endDay(Date.now())
    return request.headers.accept === 'application/json' ? json(response, { files: bank.days.map((day) => day.name) }) : back(response)
  }
  text(response, 404, 'There is no such page.')
}

function transfer(bank: Bank, form: URLSearchParams): Booked {
  const field = (name: string, max = 140): string =>
    (form.get(name) ?? '')
      .replace(/[\u0000-\u001f]/g, ' ')
      .trim()
      .slice(0, max)
  const { minor, currency } = parseMoney({ amount: field('amount'), currency: field('currency', 3) })
  return bank.transfer(
    { minor, currency, text: field('text'), name: field('name', 70) || 'Somebody', account: field('account', 34) || '110-000-000001' },
    Date.now(),
  )
}

function file(bank: Bank, response: ServerResponse, kind: string, name: string): void {
  const day = bank.days.find((one) => one.name === name)
  const booked = bank.find(name)
  const xml = kind === 'statements' ? day && statement(ACCOUNT, day) : booked && notification(ACCOUNT, booked)
  if (xml === undefined) return text(response, 404, 'There is no such file.')
  response.writeHead(200, { 'content-type': 'application/xml; charset=utf-8' }).end(xml)
}

const line = (one: Booked): string =>
  `<li>${escape(`${formatAmount(one)} ${one.currency}, ${one.name}: ${one.text}`)} (<a href="/notifications/${one.id}.xml">camt.054</a>)</li>`

const front = (bank: Bank): string =>
  page(
    'Practice bank',
    `<p>Transfers to account ${ACCOUNT}. No money is real here.</p>
<form method="post" action="/transfers">
<p><label>Amount <input name="amount" required></label> <label>Currency <input name="currency" value="KRW" size="3" required></label></p>
<p><label>What for <input name="text" size="40"></label></p>
<p><label>Your name <input name="name"></label> <label>Your account <input name="account"></label></p>
<p>Below zero: the account's owner pays out.</p>
<button>Transfer</button></form>
<h2>Not in a statement yet</h2><ul>${bank.open.map(line).join('')}</ul>
<form method="post" action="/days"><button>End the day</button></form>
<h2>Statements</h2><ul>${bank.days.map((day) => `<li><a href="/statements/${day.name}.xml">${day.name}</a> (camt.053), ${day.booked.length} transfers</li>`).join('')}</ul>`,
  )

async function formOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString('utf8')
    if (body.length > FORM_BYTES_MAX) throw new RangeError('The form is too long.')
  }
  return body
}

const json = (response: ServerResponse, body: unknown): void => send(response, { status: 200, json: body })
const text = (response: ServerResponse, status: number, body: string): void =>
  void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body)
const back = (response: ServerResponse): void => send(response, { status: 303, location: '/' })

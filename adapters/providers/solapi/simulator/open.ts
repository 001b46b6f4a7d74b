import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { SimulatorFlags } from '../../../kit/simulator/run.ts'
import { Refusal, type Route, type SimulatedRequest, serveSimulator } from '../../../kit/simulator/serve.ts'
import { World } from '../../../kit/simulator/world.ts'
import type { Entry } from './entries.ts'
import { groupInfo } from './group.ts'
import { type ApprovedTemplate, readMessages } from './handed-in.ts'
import { Books, Messages, storedView } from './messages.ts'
import { indexPage, phonePage } from './pages.ts'

/** How far the date in a signature may be from the provider's clock. */
const SKEW_MS = 15 * 60_000

/** Solapi as its documents have it, for one channel: its API, its reports, and a page of what has arrived. */
export function openSolapi(flags: SimulatorFlags, options: { readonly channel: string; readonly templates: readonly ApprovedTemplate[] }) {
  const books = new Books()
  const world = World.open<Entry>(
    {
      folder: flags.folder,
      seed: flags.seed,
      webhooks: {
        url: flags.webhookUrl,
        headers: (_webhook, _now, forged) => ({
          'x-solapi-event-name': 'SINGLE-REPORT',
          'x-solapi-secret': createHash('sha1')
            .update(forged ? 'somebody else' : flags.secret('webhook'))
            .digest('hex'),
        }),
        takes: (status) => status >= 200 && status < 300,
        wait: (refusals) => Math.min(250 * 2 ** refusals, 60_000),
      },
    },
    (entry) => books.apply(entry),
  )
  const messages = new Messages(world, books)
  const checked = (handle: (request: SimulatedRequest) => ReturnType<Route['handle']>) => (request: SimulatedRequest) => {
    requireSigned(request, flags, world.now())
    return handle(request)
  }

  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: '/messages/v4/send-many/detail',
      op: 'send',
      key: ({ json }) =>
        (json as { messages?: { customFields?: { delivery?: string } }[] } | undefined)?.messages?.[0]?.customFields?.delivery ?? '',
      handle: checked(({ json }) => {
        const groupId = `G4V${randomBytes(12).toString('hex')}`
        const taken = readMessages(json, options.templates).map(({ message, refused }) => messages.accept(message, groupId, refused))
        const view = taken.map((one) => ({ ...storedView(one), statusMessage: one.statusCode === '2000' ? '정상 접수' : '접수 실패' }))
        const failed = view.filter((_one, index) => taken[index]?.statusCode !== '2000')
        const messageList = view.filter((_one, index) => taken[index]?.statusCode === '2000')
        const shows = (json as { showMessageList?: boolean }).showMessageList === true
        const info = groupInfo(groupId, view.length, failed.length, world.now())
        return { status: 200, json: { groupInfo: info, failedMessageList: failed, ...(shows ? { messageList } : {}) } }
      }),
    },
    {
      method: 'GET',
      path: '/messages/v4/list',
      op: 'list',
      handle: checked(({ query }) => {
        const limit = Math.min(500, Number(query.get('limit') ?? 20))
        const start = query.get('startKey')
        const wanted = (one: object, name: string): boolean =>
          query.get(name) === null || String((one as Record<string, unknown>)[name]) === query.get(name)
        const all = [...books.byId.values()]
          .reverse()
          .filter((one) => ['to', 'from', 'type', 'statusCode', 'messageId', 'groupId'].every((name) => wanted(one, name)))
        const from = start === null ? 0 : all.findIndex(({ messageId }) => messageId === start)
        const page = all.slice(from, from + limit)
        const nextKey = all[from + limit]?.messageId ?? null
        return {
          status: 200,
          json: { limit, startKey: start, nextKey, messageList: Object.fromEntries(page.map((one) => [one.messageId, storedView(one)])) },
        }
      }),
    },
    { method: 'GET', path: '/', handle: () => ({ status: 200, html: indexPage(options.channel, books) }) },
    {
      method: 'GET',
      path: '/phones/:number',
      handle: ({ params }) => ({ status: 200, html: phonePage(options.channel, params['number'] ?? '', books) }),
    },
    {
      method: 'GET',
      path: '/_simulator/phones/:number',
      handle: ({ params }) => ({ status: 200, json: books.to(params['number'] ?? '') }),
    },
    {
      method: 'POST',
      path: '/_simulator/messages/:id/open',
      handle: ({ params }) => {
        const message = books.byId.get(params['id'] ?? '')
        if (message?.statusCode !== '4000') throw new Refusal(404, { error: 'No such message has arrived.' })
        messages.open(message)
        return { status: 200, json: {} }
      },
    },
  ]
  return {
    server: serveSimulator(world, routes),
    start: () => {
      messages.start()
      world.start()
    },
  }
}

/** Solapi's check of a request. @throws Refusal in its words. */
function requireSigned({ headers }: SimulatedRequest, flags: SimulatorFlags, now: number): void {
  const match = /^HMAC-SHA256 apiKey=([^,]+), date=([^,]+), salt=([^,]{12,64}), signature=([0-9a-f]{64})$/i.exec(
    headers['authorization'] ?? '',
  )
  if (!match) throw new Refusal(401, { errorCode: 'Unauthorized', errorMessage: 'The header is missing or malformed.' })
  const [, apiKey, date = '', salt = '', signature] = match
  if (apiKey !== flags.secret('key')) throw new Refusal(403, { errorCode: 'InvalidAPIKey', errorMessage: 'No such key.' })
  if (Math.abs(Date.parse(date) - now) > SKEW_MS)
    throw new Refusal(403, { errorCode: 'RequestTimeTooSkewed', errorMessage: 'The date is too far off.' })
  const expected = createHmac('sha256', flags.secret('secret')).update(`${date}${salt}`).digest('hex')
  if (signature !== expected) throw new Refusal(403, { errorCode: 'SignatureDoesNotMatch', errorMessage: 'The signature is wrong.' })
}

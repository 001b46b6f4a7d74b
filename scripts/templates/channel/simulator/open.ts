import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { escape } from '../../../../adapters/kit/escape.ts'
import { page } from '../../../../adapters/kit/simulator/pages.ts'
import type { SimulatorFlags } from '../../../../adapters/kit/simulator/run.ts'
import { Refusal, type Route, serveSimulator } from '../../../../adapters/kit/simulator/serve.ts'
import { type Stamped, World } from '../../../../adapters/kit/simulator/world.ts'
import { signedHeaders } from '../../../../adapters/kit/signature.ts'

export interface Message {
  readonly key: string
  readonly id: string
  readonly to: string
  readonly text: string
  readonly status: string
  readonly at: string
}

type Entry =
  | { readonly op: 'message'; readonly key: string; readonly id: string; readonly to: string; readonly text: string }
  | { readonly op: 'status'; readonly key: string; readonly status: string }

const notice = z.object({
  institution: z.string(),
  subject: z.string(),
  paragraphs: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  action: z.object({ label: z.string(), url: z.string() }),
})
const sendBody = z.object({ to: z.string(), notice })
const DELIVERED_AFTER_MS = 100

/** YOURS: the provider's states as its documents have them. This one accepts, delivers a moment later, and lets citizens open. */
export function openSample(flags: SimulatorFlags) {
  const messages = new Map<string, Message>()
  const key = Buffer.from(flags.secret('webhook'), 'base64url')
  const apply = (entry: Stamped<Entry>): void => {
    const at = new Date(entry.at).toISOString()
    if (entry.op === 'message') messages.set(entry.key, { ...entry, status: 'accepted', at })
    else {
      const before = messages.get(entry.key)
      if (before) messages.set(entry.key, { ...before, status: entry.status, at })
    }
  }
  const world = World.open<Entry>(
    {
      folder: flags.folder,
      seed: flags.seed,
      webhooks: {
        url: flags.webhookUrl,
        headers: ({ id, body }, now, forged) => signedHeaders(forged ? Buffer.alloc(32) : key, id, body, now),
        takes: (status) => status >= 200 && status < 300,
        wait: (refusals) => Math.min(250 * 2 ** refusals, 60_000),
      },
    },
    apply,
  )
  const view = ({ key: messageKey, id, status, at }: Message) => ({ key: messageKey, id, status, at })
  const find = (messageKey: string): Message => {
    const message = messages.get(messageKey)
    if (!message) throw new Refusal(404, { code: 'message_unknown' })
    return message
  }
  const move = (messageKey: string, status: string): void => {
    world.record({ op: 'status', key: messageKey, status })
    world.tell(messageKey, view(find(messageKey)))
  }
  const deliverSoon = (messageKey: string): void => {
    setTimeout(() => {
      if (find(messageKey).status === 'accepted') move(messageKey, 'delivered')
    }, DELIVERED_AFTER_MS)
  }
  const checked =
    (handle: Route['handle']): Route['handle'] =>
    (request) => {
      if (request.headers['authorization'] !== `Bearer ${flags.secret('api')}`) throw new Refusal(401, { code: 'secret_wrong' })
      return handle(request)
    }

  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: '/messages',
      op: 'send',
      key: ({ headers }) => headers['idempotency-key'] ?? '',
      handle: checked(({ headers, json }) => {
        const messageKey = headers['idempotency-key'] ?? ''
        const body = sendBody.safeParse(json)
        if (!body.success || messageKey === '') throw new Refusal(400, { code: 'request_invalid' })
        const { to, notice: sent } = body.data
        if (to.startsWith('unknown-')) throw new Refusal(422, { code: 'recipient_unknown' })
        if (to.startsWith('permanent-')) throw new Refusal(422, { code: 'recipient_refuses' })
        if (to.startsWith('technical-')) throw new Refusal(422, { code: 'template_wrong' })
        if (!messages.has(messageKey)) {
          const facts = sent.facts.map(({ label, value }) => `${label}: ${value}`)
          const text = [sent.institution, sent.subject, ...sent.paragraphs, ...facts, `${sent.action.label} ${sent.action.url}`].join('\n')
          world.record({ op: 'message', key: messageKey, id: `msg_${randomBytes(9).toString('hex')}`, to, text })
          deliverSoon(messageKey)
        }
        return { status: 200, json: view(find(messageKey)) }
      }),
    },
    {
      method: 'GET',
      path: '/messages/:key',
      op: 'find',
      handle: checked(({ params }) => ({ status: 200, json: view(find(params['key'] ?? '')) })),
    },
    {
      method: 'GET',
      path: '/recipients/:address',
      op: 'reachable',
      handle: checked(({ params }) => ({ status: 200, json: { reachable: !params['address']?.startsWith('unknown-') } })),
    },
    {
      method: 'GET',
      path: '/',
      handle: () => {
        const articles = [...messages.values()]
          .reverse()
          .map(({ to, text, status }) => `<article>${escape(`${to} (${status})\n${text}`)}</article>`)
        return { status: 200, html: page('Sample', articles.join('\n') || '<p>Nothing was sent yet.</p>') }
      },
    },
    {
      method: 'GET',
      path: '/_simulator/messages/:key',
      handle: ({ params }) => {
        const message = messages.get(params['key'] ?? '')
        return { status: 200, json: message && message.status !== 'accepted' ? [message] : [] }
      },
    },
    {
      method: 'GET',
      path: '/_simulator/recipients/:address',
      handle: ({ params }) => ({ status: 200, json: [...messages.values()].filter(({ to }) => to === params['address']) }),
    },
    {
      method: 'POST',
      path: '/_simulator/messages/:key/open',
      handle: ({ params }) => {
        if (find(params['key'] ?? '').status !== 'opened') move(params['key'] ?? '', 'opened')
        return { status: 200, json: {} }
      },
    },
  ]
  return {
    server: serveSimulator(world, routes),
    start: () => {
      for (const { key: messageKey } of messages.values()) deliverSoon(messageKey)
      world.start()
    },
  }
}

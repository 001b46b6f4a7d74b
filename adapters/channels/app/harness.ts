import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adapter } from './index.ts'
import { unescape } from '../../kit/escape.ts'
import { startProcess } from '../../kit/harness.ts'
import { keyOfSecret, signedHeaders } from '../../kit/signature.ts'
import type { Entry } from './simulator/journal.ts'
import { manifest } from './simulator/manifest.ts'
import { type CollectedWebhook, collectWebhooks } from '../../../test/support/webhook-collector.ts'

const MAIN = fileURLToPath(new URL('simulator/main.ts', import.meta.url))
/** The relay that the contract suite talks to: it accepts first and delivers later, so that every report is needed. */
const RELAY = 'card'

export const abilities = ['shows', 'fails', 'losesAnswers', 'reports', 'opens', 'signs', 'crashes'] as const

export const unavailable = (): null => null

/** Starts the simulator as a process of its own for the contract suite (`test/contract/channel-harness.ts` says what is expected). */
export async function startHarness() {
  const folder = await mkdtemp(join(tmpdir(), 'relays-'))
  const collector = await collectWebhooks()
  const secrets = Object.fromEntries(manifest.secrets.map((name) => [name, randomBytes(32).toString('base64url')]))
  const start = (port: number) =>
    startProcess(MAIN, [
      ...manifest.flags({ port, ports: {}, dataDir: folder, webhookUrl: collector.url, secrets }),
      '--no-opens',
      '--hurry',
      '100',
    ])
  let running = await start(0)
  const { url } = running
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<string> => {
    const response = await fetch(`${url}${path}`, { method, body: body === undefined ? null : JSON.stringify(body) })
    if (!response.ok) throw new Error(`The simulator refused ${method} ${path} with ${response.status}.`)
    return response.text()
  }

  const driver = {
    async shown(key: string, count: number) {
      if (count > 0) await collector.about(key, 1)
      const page = await call('GET', `/${RELAY}/recipients/citizen`)
      const articles = [...page.matchAll(/<article[^>]* data-key="([^"]*)"[^>]*>(.*?)<\/article>/gs)]
      return articles.filter(([, of]) => of === key).map(([, , html = '']) => ({ text: textOf(html), messageId: key }))
    },
    async fail(kind: 'temporary' | 'permanent' | 'technical') {
      if (kind !== 'temporary') return `${RELAY}:${kind}-1`
      await call('POST', '/faults', [{ op: 'delivery', mode: 'unavailable', probability: 1 }])
      return `${RELAY}:citizen`
    },
    heal: () => call('DELETE', '/faults').then(() => {}),
    loseAnswer: () => driver.fault({ op: 'delivery', mode: 'hangAfterEffect' }),
    fault: (fault: Readonly<Record<string, unknown>>) => call('POST', '/faults', [fault]).then(() => {}),
    open: (key: string, relay = RELAY) => call('POST', `/${relay}/deliveries/${key}/open`).then(() => {}),
    webhooks: collector.about,
    listen: collector.listen,
    refused: collector.refused,
    rotated({ headers, body }: CollectedWebhook, now: number): CollectedWebhook {
      const id = headers['webhook-id'] ?? ''
      const ours = signedHeaders(keyOfSecret(secrets[`${RELAY}-webhook`] ?? ''), id, body, now)
      const theirs = signedHeaders(randomBytes(32), id, body, now)
      return { headers: { ...headers, ...ours, 'webhook-signature': `${theirs['webhook-signature']} ${ours['webhook-signature']}` }, body }
    },
    signed: (relay: string, body: Buffer, now: number): CollectedWebhook => ({
      headers: { 'goji-relay': relay, ...signedHeaders(keyOfSecret(secrets[`${relay}-webhook`] ?? ''), 'evt_1', body, now) },
      body,
    }),
    async crash() {
      await running.end('SIGKILL')
      running = await start(Number(new URL(url).port))
    },
    journal: async () =>
      (await readFile(join(folder, 'journal.jsonl'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Entry),
    page: (path: string) => call('GET', path),
    folder,
    settings: manifest.settings({ url, ports: {}, secrets }),
  }

  return {
    channel: adapter.create(driver.settings),
    address: `${RELAY}:citizen`,
    unreachable: [
      { why: 'the app does not know the citizen', address: `${RELAY}:unknown-1` },
      { why: 'the citizen has not consented', address: `${RELAY}:noconsent-1` },
      { why: 'there is no such app', address: 'nowhere:citizen' },
      { why: 'it is no address of this channel', address: '010-1234-5678' },
    ],
    driver,
    async stop() {
      await running.end('SIGTERM')
      await collector.stop()
      await rm(folder, { recursive: true })
    },
  }
}

const textOf = (html: string): string => unescape(html.replace(/<a href="([^"]*)">/g, ' $1 ').replace(/<[^>]*>/g, ' '))

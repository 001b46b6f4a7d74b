import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import type { PageMethod } from '../../../domain/ports/gateway.ts'
import { startProcess } from '../../kit/harness.ts'
import { adapter } from './index.ts'
import { manifest } from './simulator/manifest.ts'
import type { Stamped } from './simulator/entries.ts'
import { type CollectedWebhook, collectWebhooks } from '../../../test/support/webhook-collector.ts'

const MAIN = fileURLToPath(new URL('simulator/main.ts', import.meta.url))
const SECRETS = { api: '-contract-suite-secret-of-the-api', webhook: Buffer.alloc(32, 'webhook').toString('base64url') }
const METHODS: Readonly<Record<PageMethod, string>> = { card: 'card', simplePay: 'simple_pay', bankAccount: 'bank_account' }
const CALLS: Readonly<Record<string, string>> = { openSession: 'session' }

/** Starts the simulator as a process of its own for the contract suite (`test/contract/gateway-harness.ts` says what is expected). */
export async function startHarness() {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'))
  const collector = await collectWebhooks()
  const start = (port: number): ReturnType<typeof startProcess> => {
    const flags = manifest.flags({ port, ports: {}, dataDir: folder, webhookUrl: collector.url, secrets: SECRETS })
    // The suite itself says when a day ends.
    return startProcess(
      MAIN,
      flags.filter((flag) => !flag.startsWith('--settle-every=')),
    )
  }
  let running = await start(0)
  const url = running.url
  const settings = manifest.settings({ url, ports: {}, secrets: SECRETS })
  const post = (path: string, body: unknown): Promise<Response> => call(url, 'POST', path, body)

  const driver = {
    authorize: async (key: string, method: PageMethod): Promise<boolean> =>
      (await post(`/sessions/${key}/authorize`, { method: METHODS[method] })).ok,
    decline: async (key: string): Promise<void> => {
      await succeeded(await post(`/sessions/${key}/decline`, { final: true }))
    },
    claim: async (key: string, state: string): Promise<void> => {
      await succeeded(await post(`/sessions/${key}/claim`, { state: state.toUpperCase() }))
    },
    now: async (): Promise<number> => ((await succeeded(await call(url, 'GET', '/clock'))) as { now: number }).now,
    advance: async (ms: number): Promise<void> => {
      await succeeded(await post('/clock', { advanceMs: ms }))
    },
    fault: async (key: string, on: string, mode: string): Promise<void> => {
      const delay = mode === 'late' ? { delayMs: 60_000 } : {}
      await succeeded(await post('/faults', [{ op: CALLS[on] ?? on, mode, key, ...delay }]))
    },
    settle: async (): Promise<readonly string[]> => ((await succeeded(await post('/settlements', {}))) as { files: string[] }).files,
    webhooks: collector.about,
    listen: collector.listen,
    refused: collector.refused,
    rotated({ headers, body }: CollectedWebhook, now: number): CollectedWebhook {
      const sign = (secret: string): string => new Webhook(secret).sign(headers['webhook-id'] ?? '', new Date(now), body.toString('utf8'))
      const theirs = sign(Buffer.alloc(32, 'older').toString('base64'))
      const ours = sign(settings['SANDBOX_WEBHOOK_SECRET'] ?? '')
      const timestamp = Math.floor(now / 1000).toString()
      return { headers: { ...headers, 'webhook-timestamp': timestamp, 'webhook-signature': `${theirs} ${ours}` }, body }
    },
    journal: async () => {
      const entries = (await readFile(join(folder, 'journal/journal.jsonl'), 'utf8')).trimEnd().split('\n')
      return entries.flatMap((line) => {
        const entry = JSON.parse(line) as Stamped
        if (entry.op !== 'capture' && entry.op !== 'refund') return []
        return [{ op: entry.op, key: entry.key, reference: entry.reference, minor: BigInt(entry.amountMinor), currency: entry.currency }]
      })
    },
    crash: async (): Promise<void> => {
      await running.end('SIGKILL')
      running = await start(Number(new URL(url).port))
    },
  }

  const stop = async (): Promise<void> => {
    await running.end('SIGTERM')
    await collector.stop()
    await rm(folder, { recursive: true })
  }
  return { gateway: adapter.create(settings), settings, driver, stop, journalFile: join(folder, 'journal/journal.jsonl') }
}

const call = (url: string, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${SECRETS.api}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })

async function succeeded(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`The simulator refused with ${response.status}: ${await response.text()}`)
  return response.json()
}

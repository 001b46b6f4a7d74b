import { fileURLToPath } from 'node:url'
import type { PageMethod } from '../../../domain/ports/gateway.ts'
import { startSimulatorProcess } from '../../../adapters/kit/harness.ts'
import { readJournal } from '../../../adapters/kit/simulator/journal.ts'
import { signedHeaders } from '../../../adapters/kit/signature.ts'
import { webhookKey } from '../../../adapters/kit/standard-webhooks.ts'
import type { Fault, FaultyCall, JournalLine } from '../../../test/contract/gateway-harness.ts'
import { type CollectedWebhook, collectWebhooks } from '../../../test/support/webhook-collector.ts'
import { adapter } from './index.ts'
import type { Entry } from './simulator/books.ts'
import { manifest } from './simulator/manifest.ts'

const METHODS: Readonly<Record<PageMethod, string>> = { card: 'card', simplePay: 'wallet', bankAccount: 'transfer' }

/** YOURS: what the provider offers (`test/contract/gateway-harness.ts`). */
export const abilities = [
  'authorizes',
  'endsSessions',
  'expiresSessions',
  'fixesAmounts',
  'reportsAuthorizations',
  'reportsRefunds',
  'signs',
] as const

/** The simulator as a process of its own, for the contract suite. */
export async function startHarness() {
  const collector = await collectWebhooks()
  const simulator = await startSimulatorProcess(fileURLToPath(new URL('simulator/main.ts', import.meta.url)), manifest, collector.url)
  const settings = manifest.settings({ url: simulator.url, ports: {}, secrets: simulator.secrets })
  const post = (path: string, body?: unknown) => simulator.call('POST', `/_simulator${path}`, body)
  return {
    gateway: adapter.create(settings),
    settings,
    driver: {
      authorize: async (key: string, method: PageMethod) =>
        ((await post(`/payments/${key}/authorize`, { method: METHODS[method] })) as { taken: boolean }).taken,
      decline: (key: string) => post(`/payments/${key}/decline`).then(() => {}),
      now: async () => ((await simulator.call('GET', '/_simulator/clock')) as { now: number }).now,
      advance: (ms: number) => post('/clock', { advanceMs: ms }).then(() => {}),
      fault: (key: string, op: FaultyCall, mode: Fault) =>
        post('/faults', [{ op, key, mode, ...(mode === 'late' ? { delayMs: 60_000 } : {}) }]).then(() => {}),
      settle: () => Promise.resolve([]),
      webhooks: collector.about,
      listen: collector.listen,
      refused: collector.refused,
      rotated({ headers, body }: CollectedWebhook, now: number): CollectedWebhook {
        const id = headers['webhook-id'] ?? ''
        const ours = signedHeaders(webhookKey(settings['SAMPLE_WEBHOOK_SECRET'] ?? '') ?? Buffer.alloc(0), id, body, now)
        const theirs = signedHeaders(Buffer.alloc(32, 'older'), id, body, now)
        return {
          headers: { ...headers, ...ours, 'webhook-signature': `${theirs['webhook-signature']} ${ours['webhook-signature']}` },
          body,
        }
      },
      journal: () => Promise.resolve(readJournal<Entry>(simulator.folder).flatMap((entry) => moneyOf(entry) ?? [])),
      crash: () => simulator.crash(),
    },
    async stop() {
      await simulator.stop()
      await collector.stop()
    },
  }
}

/** What a line of the journal says of money that really moved. */
const moneyOf = (entry: Entry): JournalLine | null =>
  entry.op === 'capture' || entry.op === 'refund'
    ? { op: entry.op, key: entry.key, reference: entry.reference, minor: BigInt(entry.minor), currency: entry.currency }
    : null

import { fileURLToPath } from 'node:url'
import { startSimulatorProcess } from '../../../adapters/kit/harness.ts'
import { signedHeaders } from '../../../adapters/kit/signature.ts'
import { webhookKey } from '../../../adapters/kit/standard-webhooks.ts'
import { eventually } from '../../../test/support/eventually.ts'
import { type CollectedWebhook, collectWebhooks } from '../../../test/support/webhook-collector.ts'
import { adapter } from './index.ts'
import { manifest } from './simulator/manifest.ts'
import type { Message } from './simulator/open.ts'

/** YOURS: what the counterpart can be made to do (`test/contract/channel-harness.ts`). */
export const abilities = ['shows', 'fails', 'losesAnswers', 'reports', 'opens', 'signs', 'crashes'] as const

export const unavailable = (): null => null

/** The simulator as a process of its own, for the contract suite. */
export async function startHarness() {
  const collector = await collectWebhooks()
  const simulator = await startSimulatorProcess(fileURLToPath(new URL('simulator/main.ts', import.meta.url)), manifest, collector.url)
  const settings = manifest.settings({ url: simulator.url, ports: {}, secrets: simulator.secrets })
  const fault = (rule: object) => simulator.call('POST', '/_simulator/faults', [{ op: 'send', ...rule }]).then(() => {})
  return {
    channel: adapter.create(settings),
    address: 'citizen-1',
    unreachable: [
      { why: 'the provider does not know the citizen', address: 'unknown-1' },
      { why: 'it is no address of this channel', address: 'Not An Address' },
    ],
    driver: {
      shown: (key: string, count: number) =>
        eventually(`${count} messages have arrived`, async () => {
          const all = (await simulator.call('GET', `/_simulator/messages/${key}`)) as Message[]
          return all.length >= count ? all.map(({ text, id }) => ({ text, messageId: id })) : undefined
        }),
      async fail(kind: 'temporary' | 'permanent' | 'technical') {
        if (kind !== 'temporary') return `${kind}-1`
        await fault({ mode: 'rateLimit', probability: 1 })
        return 'citizen-1'
      },
      heal: () => simulator.call('DELETE', '/_simulator/faults').then(() => {}),
      loseAnswer: () => fault({ mode: 'hangAfterEffect' }),
      open: (key: string) => simulator.call('POST', `/_simulator/messages/${key}/open`).then(() => {}),
      webhooks: collector.about,
      rotated({ headers, body }: CollectedWebhook, now: number): CollectedWebhook {
        const id = headers['webhook-id'] ?? ''
        const ours = signedHeaders(webhookKey(settings['SAMPLE_WEBHOOK_SECRET'] ?? '') ?? Buffer.alloc(0), id, body, now)
        const theirs = signedHeaders(Buffer.alloc(32, 'older'), id, body, now)
        return {
          headers: { ...headers, ...ours, 'webhook-signature': `${theirs['webhook-signature']} ${ours['webhook-signature']}` },
          body,
        }
      },
      crash: () => simulator.crash(),
    },
    settings,
    fault,
    async stop() {
      await simulator.stop()
      await collector.stop()
    },
  }
}

import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import type { SimulatorManifest } from '../../../domain/ports/simulator.ts'
import { collectWebhooks } from '../../../test/support/webhook-collector.ts'
import { eventually } from '../../../test/support/eventually.ts'
import { startSimulatorProcess } from '../../kit/harness.ts'
import { webhookProof } from './webhook.ts'
import { KEY_FIELD } from './wire.ts'
import type { StoredMessage } from './simulator/messages.ts'

const CITIZEN = '010-1234-5678'
/** Numbers of which the simulated carrier says at once that they refuse messages, or that our sender is not registered. */
const FATES = { permanent: '010-9000-1061', technical: '010-9000-1062' } as const

/** The harness of a channel that goes through Solapi (`test/contract/channel-harness.ts` says what is expected). */
export async function startSolapiHarness(adapter: ChannelModule, main: string, manifest: SimulatorManifest) {
  const collector = await collectWebhooks(({ body }, key) => body.includes(`"${KEY_FIELD}":"${key}"`))
  const simulator = await startSimulatorProcess(main, manifest, collector.url)
  const settings = manifest.settings({ url: simulator.url, ports: {}, secrets: simulator.secrets })
  const arrived = async (key: string): Promise<StoredMessage[]> => {
    const all = (await simulator.call('GET', `/_simulator/phones/${CITIZEN.replaceAll('-', '')}`)) as StoredMessage[]
    return all.filter(({ statusCode, customFields }) => statusCode === '4000' && customFields[KEY_FIELD] === key)
  }
  const driver = {
    async shown(key: string, count: number) {
      const messages = await eventually(`${count} messages have arrived`, async () => {
        const found = await arrived(key)
        return found.length >= count ? found : undefined
      })
      return messages.map(({ text, messageId }) => ({ text, messageId }))
    },
    async fail(kind: 'temporary' | 'permanent' | 'technical') {
      if (kind !== 'temporary') return FATES[kind]
      await driver.fault({ op: 'send', mode: 'rateLimit', probability: 1 })
      return CITIZEN
    },
    heal: () => simulator.call('DELETE', '/_simulator/faults').then(() => {}),
    fault: (fault: Readonly<Record<string, unknown>>) => simulator.call('POST', '/_simulator/faults', [fault]).then(() => {}),
    loseAnswer: () => driver.fault({ op: 'send', mode: 'hangAfterEffect' }),
    open: () => Promise.reject(new Error('Nobody can see whether a message was opened.')),
    webhooks: collector.about,
    listen: collector.listen,
    refused: collector.refused,
    rotated: () => {
      throw new Error('There is one secret at a time.')
    },
    crash: () => simulator.crash(),
  }
  return {
    channel: adapter.create(settings),
    address: CITIZEN,
    unreachable: [
      { why: 'it is a landline', address: '02-1234-5678' },
      { why: 'it is a foreign number', address: '+1 212 555 0100' },
      { why: 'it is no number', address: 'citizen@example.org' },
    ],
    driver,
    simulator,
    settings,
    proof: webhookProof(simulator.secrets['webhook'] ?? ''),
    async stop() {
      await simulator.stop()
      await collector.stop()
    },
  }
}

import { fileURLToPath } from 'node:url'
import type { PageMethod } from '../../../domain/ports/gateway.ts'
import type { Fault, FaultyCall, JournalLine } from '../../../test/contract/gateway-harness.ts'
import { collectWebhooks } from '../../../test/support/webhook-collector.ts'
import { startSimulatorProcess } from '../../kit/harness.ts'
import { readJournal } from '../../kit/simulator/journal.ts'
import { adapter } from './index.ts'
import { fileName } from './settlement.ts'
import type { Entry } from './simulator/entries.ts'
import { manifest } from './simulator/manifest.ts'

const MAIN = fileURLToPath(new URL('simulator/main.ts', import.meta.url))
const METHODS: Readonly<Record<PageMethod, string>> = { card: '카드', simplePay: '간편결제', bankAccount: '계좌이체' }
const OPS: Readonly<Record<FaultyCall, string>> = {
  openSession: 'open',
  payment: 'payment',
  capture: 'confirm',
  cancel: 'payment',
  refund: 'cancel',
  refundReport: 'payment',
}

export const abilities = ['authorizes', 'fixesAmounts', 'settles'] as const

/** What a line of the journal says of money that really moved. */
function moneyOf(entry: Entry): JournalLine | null {
  const line = { currency: 'KRW', minor: 'amount' in entry ? BigInt(entry.amount) : 0n }
  if (entry.op === 'capture') return { ...line, op: 'capture', key: entry.orderId, reference: entry.orderId }
  return entry.op === 'refund' ? { ...line, op: 'refund', key: entry.key, reference: entry.transactionKey } : null
}

/** The simulator for the contract suite (`test/contract/gateway-harness.ts` says what is expected). */
export async function startHarness(more: Readonly<Record<string, string>> = {}) {
  // A payment is named by its order, and a refund by our key in its reason.
  const collector = await collectWebhooks(({ body }, key) => body.includes(`"${key}"`) || body.includes(` #${key}"`))
  const simulator = await startSimulatorProcess(MAIN, manifest, collector.url)
  const settings = { ...manifest.settings({ url: simulator.url, ports: {}, secrets: simulator.secrets }), ...more }
  const entries = () => readJournal<Entry>(simulator.folder)
  const orderOf = (key: string): string =>
    entries().flatMap((entry) => (entry.op === 'cancel' && entry.key === key ? [entry.orderId] : []))[0] ?? key
  const driver = {
    async authorize(key: string, method: PageMethod): Promise<boolean> {
      return ((await simulator.call('POST', `/_simulator/payments/${key}/authenticate`, { method: METHODS[method] })) as { taken: boolean })
        .taken
    },
    decline: (key: string) => simulator.call('POST', `/_simulator/payments/${key}/abort`).then(() => {}),
    deposit: async (key: string, amount?: number): Promise<boolean> =>
      ((await simulator.call('POST', `/_simulator/payments/${key}/deposit`, { amount })) as { taken: boolean }).taken,
    now: async () => ((await simulator.call('GET', '/_simulator/clock')) as { now: number }).now,
    advance: (ms: number) => simulator.call('POST', '/_simulator/clock', { advanceMs: ms }).then(() => {}),
    async fault(key: string, call: FaultyCall, mode: Fault | 'patch' | 'hugeBody', patch?: object): Promise<void> {
      // A capture asks first; what it is told there ends it, too.
      const op = call === 'capture' && mode === 'rateLimit' ? 'payment' : OPS[call]
      const wrong = mode === 'wrongAmount' && call !== 'refund' ? { mode: 'patch', patch: { totalAmount: 98_766 } } : { mode, patch }
      const rule = { op, key: call === 'refundReport' ? orderOf(key) : key, ...wrong, ...(mode === 'late' ? { delayMs: 60_000 } : {}) }
      await simulator.call('POST', '/_simulator/faults', [rule])
    },
    webhookFault: (key: string, mode: string) =>
      simulator.call('POST', '/_simulator/faults', [{ op: 'webhook', mode, key }]).then(() => {}),
    settle: async () => ((await simulator.call('POST', '/_simulator/payouts')) as { made: string[] }).made.map(fileName),
    webhooks: collector.about,
    listen: collector.listen,
    refused: collector.refused,
    rotated: (): never => {
      throw new Error('There is nothing signed.')
    },
    journal: () => Promise.resolve(entries().flatMap((entry) => moneyOf(entry) ?? [])),
    crash: () => simulator.crash(),
  }
  return {
    gateway: adapter.create(settings),
    settings,
    driver,
    simulator,
    async stop() {
      await simulator.stop()
      await collector.stop()
    },
  }
}

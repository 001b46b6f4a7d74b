import { fileURLToPath } from 'node:url'
import type { PageMethod } from '../../../domain/ports/gateway.ts'
import type { Fault, FaultyCall, JournalLine } from '../../../test/contract/gateway-harness.ts'
import { type CollectedWebhook, collectWebhooks } from '../../../test/support/webhook-collector.ts'
import { startSimulatorProcess } from '../../kit/harness.ts'
import { readJournal } from '../../kit/simulator/journal.ts'
import { signedHeaders } from '../../kit/signature.ts'
import { webhookKey } from '../../kit/standard-webhooks.ts'
import { adapter } from './index.ts'
import type { Entry } from './simulator/entries.ts'
import { manifest } from './simulator/manifest.ts'

const MAIN = fileURLToPath(new URL('simulator/main.ts', import.meta.url))
const METHODS: Readonly<Record<PageMethod, string>> = { card: 'CARD', simplePay: 'EASY_PAY', bankAccount: 'TRANSFER' }
const OPS: Readonly<Record<FaultyCall, string>> = {
  openSession: 'register',
  payment: 'payment',
  capture: 'payment',
  cancel: 'payment',
  refund: 'cancel',
  refundReport: 'payment',
}
/** One won more than the contract suite's payment. */
const MORE = { amount: { total: 12_501, taxFree: 0, discount: 0, paid: 12_501, cancelled: 0, cancelledTaxFree: 0 } }

export const abilities = ['signs'] as const

/** The simulator for the contract suite (`test/contract/gateway-harness.ts` says what is expected). */
export async function startHarness(more: Readonly<Record<string, string>> = {}) {
  const entries = () => readJournal<Entry>(simulator.folder)
  const cancelOf = (key: string) =>
    entries().flatMap((entry) => (entry.op === 'cancel' && entry.reason.endsWith(` #${key}`) ? [entry] : []))[0]
  const collector = await collectWebhooks(({ body }, key) => {
    const cancellation = key.startsWith('rfd') ? cancelOf(key)?.cancellationId : undefined
    return body.includes(`"paymentId":"${key}"`) || (cancellation !== undefined && body.includes(`"${cancellation}"`))
  })
  const simulator = await startSimulatorProcess(MAIN, manifest, collector.url)
  const settings = { ...manifest.settings({ url: simulator.url, ports: {}, secrets: simulator.secrets }), ...more }
  const post = (path: string, body?: unknown) => simulator.call('POST', `/_simulator${path}`, body)
  const driver = {
    authorize: async (key: string, method: PageMethod) =>
      ((await post(`/payments/${key}/pay`, { payMethod: METHODS[method] })) as { taken: boolean }).taken,
    issue: async (key: string, dueAt: number) =>
      ((await post(`/payments/${key}/pay`, { payMethod: 'VIRTUAL_ACCOUNT', dueDate: new Date(dueAt).toISOString() })) as { taken: boolean })
        .taken,
    deposit: async (key: string, minor: bigint) =>
      ((await post(`/payments/${key}/deposit`, { amount: String(minor) })) as { taken: boolean }).taken,
    decline: (key: string) => post(`/payments/${key}/fail`).then(() => {}),
    now: async () => ((await simulator.call('GET', '/_simulator/clock')) as { now: number }).now,
    advance: (ms: number) => post('/clock', { advanceMs: ms }).then(() => {}),
    async fault(key: string, call: FaultyCall, mode: Fault | 'patch' | 'hugeBody', patch: object = MORE): Promise<void> {
      const wrong = (mode === 'wrongAmount' && call !== 'refund') || mode === 'patch' ? { mode: 'patch', patch } : { mode }
      const rule = { op: OPS[call], key: call === 'refundReport' ? (cancelOf(key)?.id ?? key) : key, ...wrong }
      await post('/faults', [{ ...rule, ...(mode === 'late' ? { delayMs: 60_000 } : {}) }])
    },
    settle: () => Promise.resolve([]),
    webhooks: collector.about,
    listen: collector.listen,
    refused: collector.refused,
    rotated({ headers, body }: CollectedWebhook, now: number): CollectedWebhook {
      const id = headers['webhook-id'] ?? ''
      const ours = signedHeaders(webhookKey(settings['PORTONE_WEBHOOK_SECRET'] ?? '') ?? Buffer.alloc(0), id, body, now)
      const theirs = signedHeaders(Buffer.alloc(32, 'older'), id, body, now)
      return { headers: { ...headers, ...ours, 'webhook-signature': `${theirs['webhook-signature']} ${ours['webhook-signature']}` }, body }
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

/** What a line of the journal says of money that really moved. */
function moneyOf(entry: Entry): JournalLine | null {
  const line = { currency: 'KRW', minor: 'amount' in entry ? BigInt(entry.amount) : 0n }
  if (entry.op === 'capture') return { ...line, op: 'capture', key: entry.id, reference: entry.id }
  if (entry.op !== 'refund') return null
  return { ...line, op: 'refund', key: / #(.+)$/.exec(entry.reason)?.[1] ?? '', reference: entry.cancellationId }
}

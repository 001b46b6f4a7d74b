import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type CollectedWebhook, collectWebhooks } from '../../../test/support/webhook-collector.ts'
import { startSimulatorProcess } from '../../kit/harness.ts'
import { adapter } from './index.ts'
import { keyOfSecret, signedHeaders } from '../../kit/signature.ts'
import { manifest } from './simulator/manifest.ts'

const MAIN = fileURLToPath(new URL('./simulator/main.ts', import.meta.url))
const ADDRESS = '서울특별시 양천구 목동동로 105|101동 1203호|07995|KR'

export const abilities = ['shows', 'reports', 'opens', 'signs', 'crashes'] as const

const hasPoppler = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

export const unavailable = (): string | null => (hasPoppler ? null : 'there is no pdftotext on the PATH (Debian: poppler-utils)')

/** A print house whose post hands over nothing by itself (`test/contract/channel-harness.ts` says what is expected). */
export async function startHarness() {
  const collector = await collectWebhooks(({ body }, key) => body.includes(`\n${key},`))
  const byHand = {
    ...manifest,
    flags: (start: Parameters<typeof manifest.flags>[0]) => manifest.flags(start).filter((flag) => !flag.startsWith('--post-takes')),
  }
  const house = await startSimulatorProcess(MAIN, byHand, collector.url)
  const settings = {
    ...manifest.settings({ url: house.url, ports: {}, secrets: house.secrets, dataDir: house.folder }),
    // Each letter is closed at once: the suite waits for every one of them.
    PAPER_CUTOFF: 'PT1S',
  }
  const channel = adapter.create(settings)
  const beat = setInterval(() => void channel.tend?.(Date.now(), AbortSignal.timeout(5_000)), 100)
  const about = collector.about

  const driver = {
    async shown(key: string, count: number) {
      if (count === 0) return []
      await about(key, 2)
      const pdf = Buffer.from(await (await fetch(`${house.url}/letters/${encodeURIComponent(key)}.pdf`)).arrayBuffer())
      return [{ text: await textOf(pdf), messageId: key }]
    },
    async open(key: string) {
      await fetch(`${house.url}/letters/${encodeURIComponent(key)}/deliver`, { method: 'POST' })
      await about(key, 3)
    },
    webhooks: about,
    rotated({ headers, body }: CollectedWebhook, now: number): CollectedWebhook {
      const id = headers['webhook-id'] ?? ''
      const ours = signedHeaders(keyOfSecret(house.secrets['status'] ?? ''), id, body, now)
      const theirs = signedHeaders(randomBytes(32), id, body, now)
      return { headers: { ...headers, ...ours, 'webhook-signature': `${theirs['webhook-signature']} ${ours['webhook-signature']}` }, body }
    },
    crash: () => house.crash(),
  }

  return {
    channel,
    address: ADDRESS,
    unreachable: [
      { why: 'it has no postcode', address: '서울특별시 양천구 목동동로 105|KR' },
      { why: 'there is no such Korean postcode', address: '서울특별시 양천구 목동동로 105|00999|KR' },
      { why: 'there is no such country', address: '1 Nowhere Street|12345|QX' },
      { why: 'it does not fit the window', address: `${'가나다라마바사아자차카타파하'.repeat(8)}|07995|KR` },
      { why: 'it is an address of another channel', address: 'someone@example.kr' },
    ],
    driver,
    async stop() {
      clearInterval(beat)
      await house.stop()
      await collector.stop()
    },
  }
}

const run = promisify(execFile)

/** All that the letter says. Where a line was broken cannot be seen, so the text is given once with a space there and once without. */
async function textOf(pdf: Buffer): Promise<string> {
  const child = run('pdftotext', ['-raw', '-', '-'], { encoding: 'utf8' })
  child.child.stdin?.end(pdf)
  const { stdout } = await child
  return `${stdout.replace(/\s+/g, ' ')}\n${stdout.replace(/\n/g, '')}`
}

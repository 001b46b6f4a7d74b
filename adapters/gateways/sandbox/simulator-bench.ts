import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import type { Stamped } from './simulator/entries.ts'
import { openSimulator, type Simulator } from './simulator/simulator.ts'
import { collectWebhooks, type WebhookCollector } from '../../../test/support/webhook-collector.ts'

export const SECRET = 'the-secret-of-the-api'
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 's').toString('base64')}`
export const RETURN_URL = 'http://127.0.0.1:9/back?checkout=1'

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

export const sessionBody = (change: object = {}) => ({
  amountMinor: '12500',
  currency: 'KRW',
  title: '수도 요금',
  language: 'ko',
  returnUrl: RETURN_URL,
  expiresAt: Date.now() + 600_000,
  ...change,
})

/** For the simulator's own tests: one in this process for each test, with an empty journal and a listening merchant. */
export class Bench {
  folder = ''
  collector!: WebhookCollector
  url = ''
  #simulator!: Simulator
  #keys = 0

  constructor() {
    beforeEach(async () => {
      this.folder = await mkdtemp(join(tmpdir(), 'gateway-'))
      this.collector = await collectWebhooks()
      await this.start()
    })
    afterEach(async () => {
      await this.stop()
      await this.collector.stop()
      await rm(this.folder, { recursive: true })
    })
  }

  async start(seed = 1): Promise<void> {
    this.#simulator = await openSimulator({
      journal: this.folder,
      secret: SECRET,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: this.collector.url,
      seed,
      settleEvery: undefined,
    })
    this.#simulator.server.listen(0, '127.0.0.1')
    await once(this.#simulator.server, 'listening')
    this.url = `http://127.0.0.1:${(this.#simulator.server.address() as AddressInfo).port}`
  }

  stop(): Promise<void> {
    return this.#simulator.stop()
  }

  async restart(seed?: number): Promise<void> {
    await this.stop()
    await this.start(seed)
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  /** Opens a session under a new key; `page` is the path of its payment page. */
  async open(change: object = {}): Promise<{ key: string; page: string }> {
    const key = `chk_${(this.#keys += 1)}`
    const { body } = await this.call('POST', '/sessions', sessionBody(change), { 'idempotency-key': key })
    return { key, page: new URL(String(body['url'])).pathname }
  }

  /** Opens a session, pays it and takes the money. */
  async captured(): Promise<{ key: string; reference: unknown }> {
    const { key } = await this.open()
    await this.call('POST', `/sessions/${key}/authorize`, { method: 'card' })
    const { body } = await this.call('POST', `/sessions/${key}/capture`)
    return { key, reference: body['reference'] }
  }

  refund(key: string, reference: unknown, amountMinor: string): Promise<Answer> {
    return this.call('POST', '/refunds', { reference, amountMinor, currency: 'KRW', reason: 'r' }, { 'idempotency-key': key })
  }

  async statusOf(key: string): Promise<string> {
    return String((await this.call('GET', `/sessions/${key}`)).body['status'])
  }

  /** The journal's file as it stands on the disk at this moment. */
  async journal(): Promise<Stamped[]> {
    const text = await readFile(join(this.folder, 'journal.jsonl'), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Stamped)
  }
}

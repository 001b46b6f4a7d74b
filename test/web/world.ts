import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import express from 'express'
import { readConfig } from '../../composition/config.ts'
import type { Engine } from '../../composition/engine.ts'
import type { Root } from '../../composition/root.ts'
import type { Currency } from '../../domain/currencies.ts'
import type { Money } from '../../domain/money.ts'
import type { Channel, ChannelReceipt, SendRequest } from '../../domain/ports/channel.ts'
import type { Policy } from '../../domain/policy.ts'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { createBill } from '../../store/commands/create-bill.ts'
import { look } from '../../store/commands/look.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { connect } from '../../store/connection.ts'
import { insertInstitution } from '../../store/institutions/insert-institution.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { createWeb } from '../../web/index.ts'
import { Browser } from './browser.ts'
import { FakeEngine } from './fake-engine.ts'

export const NOW = Date.parse('2026-11-24T06:00:00Z')
export const DAY = 86_400_000
export const HOUR = 3_600_000

export const POLICY: Policy = {
  calendar: { zone: 'Asia/Seoul', quietHours: { from: '21:00', until: '08:00' }, dueOnBusinessDay: true },
  chain: [
    { channel: 'inbox', wait: 'PT24H', until: 'read' },
    { channel: 'app', wait: 'PT48H', until: 'read' },
    { channel: 'email', wait: 'P5D', until: 'read' },
  ],
  proofOfService: 'delivered',
  due: { from: 'issue', after: 'P30D' },
  reminders: [
    { when: 'before', offset: 'P7D' },
    { when: 'after', offset: 'P3D' },
  ],
  handBackAfter: 'P60D',
  settlement: { within: 'P3D', askEvery: 'P1D', exceptionAfter: 'P10D' },
  checkout: { expiresAfter: 'PT1H', askEvery: 'PT1M' },
  onExcess: 'refund',
  pauseStops: ['deliver', 'remind', 'due', 'handBack'],
  rounding: 'down',
}

/** What each channel says at once when it takes a message. */
const REPORTS: Readonly<Record<string, 'accepted' | 'delivered'>> = { inbox: 'delivered', app: 'delivered', email: 'accepted' }

export interface BillInput {
  readonly institutionId: string
  readonly citizen: string
  readonly title?: string
  readonly number?: string
  readonly minor?: bigint
  readonly currency?: Currency
  readonly asksMoney?: boolean
  readonly mode?: 'test' | 'live'
  readonly details?: readonly { label: string; value: string }[]
  readonly issueAt?: number
  readonly dueDate?: string
  readonly contacts?: readonly { channel: string; address: string }[]
  readonly language?: 'ko' | 'en'
  readonly name?: string
}

/** The pages on a real database, with the engine, the channels and the clock in the test's hand. */
export class World {
  readonly root: Root
  readonly engine: FakeEngine
  readonly sent: SendRequest[] = []
  readonly clock = { at: NOW, now: () => this.clock.at }
  #server: Server | undefined
  #numbers = 1_000

  constructor(databaseUrl: string, baseUrl = 'http://127.0.0.1:3000', settings: Readonly<Record<string, string>> = {}) {
    const config = readConfig({
      DATABASE_URL: databaseUrl,
      GOJI_GATEWAY: 'test',
      GOJI_PEPPER: 'p'.repeat(40),
      GOJI_LINK_SECRET: 's'.repeat(40),
      GOJI_BASE_URL: baseUrl,
      GOJI_LOG_LEVEL: 'silent',
      ...settings,
    })
    const sql = connect(databaseUrl, { role: 'goji_app', max: 4, name: 'goji-web-test' })
    this.engine = new FakeEngine(sql, () => this.clock.at)
    const channel = (name: string): Channel => this.#channel(name)
    this.root = {
      config,
      clock: this.clock,
      sql,
      engine: this.engine as unknown as Engine,
      adapters: {
        channel,
        channelNames: ['app', 'email', 'inbox'],
        gatewayNames: ['test'],
        transferGateway: 'test',
        gateway: () => {
          throw new Error('the pages never talk to a gateway')
        },
      },
      close: () => sql.end(),
    }
  }

  async start(): Promise<string> {
    // Mounted in an application like the real one, which reads no query by itself.
    const app = express().set('query parser', false).use(createWeb(this.root))
    this.#server = await new Promise<Server>((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve(server))
    })
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
    await this.root.close()
  }

  browser(): Browser {
    return new Browser(this.url)
  }

  async institution(
    slug: string,
    name: { ko: string; en: string },
    options: { currency?: Currency; zone?: string; policy?: Policy; title?: { ko: string; en: string } } = {},
  ): Promise<string> {
    const { currency = 'KRW', zone = 'Asia/Seoul', policy = POLICY, title = { ko: '고지', en: 'Bill' } } = options
    return transaction(this.root.sql, async (tx) => {
      const id = await insertInstitution(tx, { slug, name, currency, zone }, this.clock.at)
      await insertPolicy(tx, { institutionId: id, name: 'bill', title, body: policy, actor: 'test' }, this.clock.at)
      return id
    })
  }

  async bill(input: BillInput): Promise<string> {
    const { currency = 'KRW', minor = 12_500n, asksMoney = true, issueAt = this.clock.at } = input
    const amount: Money | null = asksMoney ? { minor, currency } : null
    const { billId } = await transaction(this.root.sql, (tx) =>
      createBill(
        tx,
        {
          institutionId: input.institutionId,
          mode: input.mode ?? 'live',
          billNumber: input.number ?? `N-${this.#numbers++}`,
          policy: 'bill',
          title: input.title ?? '고지서',
          details: input.details ?? [],
          amount,
          currency,
          dueDate: input.dueDate ?? null,
          issueAt,
          actor: 'key:test',
          citizen: {
            identifierHash: keyedHash('p'.repeat(40), 'citizen', input.citizen),
            name: input.name ?? null,
            language: input.language ?? 'ko',
            contacts: input.contacts ?? [],
          },
        },
        issueAt,
      ),
    )
    await this.live(billId, this.clock.at)
    return billId
  }

  /** Lives a bill until `until` as its run would: issues it, sends, reminds, and lets it fall due. */
  async live(billId: string, until: number): Promise<void> {
    const { sql } = this.root
    for (let time = 0; ;) {
      const { step, at } = await transaction(sql, (tx) => look(tx, billId, Math.max(time, 1)))
      if (step === null || at === null || at > until) return
      time = Math.max(time, at)
      if (step.kind === 'send') await this.#deliver(billId, step.key, step.channel, time)
      else if (step.kind === 'issue' || step.kind === 'fallDue' || step.kind === 'handBack' || step.kind === 'conclude')
        await transaction(sql, (tx) => takeStep(tx, billId, step.kind as 'issue', time))
      else return
    }
  }

  async #deliver(billId: string, key: string, channel: string, at: number): Promise<void> {
    const begun = await transaction(this.root.sql, (tx) => beginDelivery(tx, billId, key, at))
    if (!begun.due) throw new Error(`${key} was not due`)
    await transaction(this.root.sql, (tx) =>
      recordReceipt(tx, begun.deliveryId, { level: REPORTS[channel] ?? 'accepted', at, reference: `r-${begun.deliveryId}` }, at),
    )
  }

  async citizenOf(billId: string): Promise<string> {
    const [row] = await this.root.sql<{ citizen_id: string }[]>`select citizen_id from bills where id = ${billId}`
    return row?.citizen_id ?? ''
  }

  async deliveriesOf(billId: string): Promise<{ id: string; key: string; state: string; reference: string | null }[]> {
    return this.root.sql<
      { id: string; key: string; state: string; reference: string | null }[]
    >`select id, key, state, reference from deliveries where bill_id = ${billId} order by key`
  }

  /** The code of the latest message to an address. */
  codeSentTo(address: string): string {
    const found = this.sent.findLast((request) => request.address === address)
    return found?.notice.facts[0]?.value ?? ''
  }

  /** Signs in through the pages, as a citizen does. */
  async signIn(browser: Browser, address: string): Promise<void> {
    await browser.post('/sign-in', { contact: address })
    await this.untilSent(address)
    await browser.post('/sign-in/code', { code: this.codeSentTo(address) })
  }

  /** The code goes out after the answer, so the message is waited for. */
  async untilSent(address: string): Promise<void> {
    while (!this.sent.some((request) => request.address === address)) await new Promise((resolve) => setImmediate(resolve))
  }

  #channel(name: string): Channel {
    const receipt: ChannelReceipt = { level: 'accepted', at: this.clock.at, reference: 'r' }
    const refuse = (): never => {
      throw new Error('the pages only send')
    }
    return {
      name,
      repeat: 'idempotent',
      reports: 'read',
      needsAddress: true,
      reachable: refuse,
      receipt: refuse,
      translate: refuse,
      send: (request) => {
        this.sent.push(request)
        return Promise.resolve(receipt)
      },
    }
  }
}

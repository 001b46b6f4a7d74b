import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Goji, type Schemas } from '../../client/index.ts'
import { Engine as Runs } from '../../composition/engine.ts'
import type { Drivers } from '../../composition/simulators.ts'
import { GojiError } from '../../domain/errors.ts'
import type { GatewayDriver } from '../../domain/ports/simulator.ts'
import type { Engine } from '../engine.ts'
import type { Narrator } from './narrator.ts'

/** Every clock of a demonstration runs in seconds, so that nobody has to wait for a month. */
export type DemoPolicy = Schemas['NewPolicy']['policy']
export type Bill = Schemas['Bill']
type NewBill = Schemas['NewBill']

const LOOK_EVERY_MS = 200
const PATIENCE_MS = 90_000

/** An institution made for one demonstration. */
export interface DemoInstitution {
  readonly id: string
  readonly name: string
  readonly client: Goji
  /** Records a bill of the demonstration's citizen. Amounts are whole won. */
  bill(title: string, won: number, more?: Partial<NewBill>): Promise<Bill>
}

/** A policy that waits for nothing by itself; a scenario shortens what it is about. */
export const calmPolicy: DemoPolicy = {
  calendar: { zone: 'Asia/Seoul' },
  chain: [{ channel: 'inbox', wait: 'PT1H', until: 'delivered' }],
  proofOfService: 'delivered',
  due: { from: 'issue', after: 'PT20M' },
  reminders: [],
  handBackAfter: 'PT1H',
  settlement: { within: 'PT10M', askEvery: 'PT1M', exceptionAfter: 'PT1H' },
  checkout: { expiresAfter: 'PT10M', askEvery: 'PT2S' },
  onExcess: 'refund',
  pauseStops: ['deliver', 'remind', 'due', 'surcharge', 'handBack'],
  rounding: 'down',
}

/** What a scenario acts with: the public API, and the people at the simulated providers. */
export class DemoWorld {
  readonly operator: Goji
  readonly drivers: Drivers
  readonly gateway: GatewayDriver
  readonly tell: Narrator
  readonly signal: AbortSignal
  /** A word of this demonstration alone, so that it can be told again on the same engine. */
  readonly tag = randomBytes(3).toString('hex')
  /** Kills the worker as a power cut would and starts another one; undefined on an engine that is not of this command. */
  readonly crashWorker: (() => Promise<void>) | undefined
  readonly #engine: Engine
  readonly #gatewayName: string

  /** @throws GojiError `simulators_unknown` on an engine whose gateway nobody can play at. */
  constructor(engine: Engine, parts: { drivers: Drivers; tell: Narrator; signal: AbortSignal; crashWorker?: () => Promise<void> }) {
    const gateway = parts.drivers.gateways.get(engine.gateway ?? '')
    if (gateway === undefined) {
      throw new GojiError(
        'invalid',
        'simulators_unknown',
        'A demonstration plays at simulated providers, and this engine is not known to have any. Run it where "npm start" runs, or without --url.',
      )
    }
    this.#engine = engine
    this.#gatewayName = engine.gateway ?? ''
    this.operator = new Goji({ url: engine.url, key: engine.key, signal: parts.signal, attempts: 12 })
    this.drivers = parts.drivers
    this.gateway = gateway
    this.tell = parts.tell
    this.signal = parts.signal
    this.crashWorker = parts.crashWorker
  }

  async institution(name: string, policy: Partial<DemoPolicy> = {}): Promise<DemoInstitution> {
    const slug = `demo-${this.tag}-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`
    const { institution, key } = await this.operator.post('/v1/institutions', {
      body: { slug, name: { ko: name, en: name }, currency: 'KRW', zone: 'Asia/Seoul' },
    })
    const body = { title: { ko: name, en: name }, policy: { ...calmPolicy, ...policy } }
    await this.operator.put('/v1/institutions/{id}/policies/{name}', { path: { id: institution.id, name: 'demo' }, body })
    const client = this.operator.withKey(key.secret ?? '')
    let number = 0
    return {
      id: institution.id,
      name,
      client,
      bill: (title, won, more) =>
        client.post('/v1/bills', {
          body: {
            billNumber: `D-${++number}`,
            policy: 'demo',
            title,
            details: [],
            amount: { amount: String(won), currency: 'KRW' },
            citizen: { identifier: `demo-${this.tag}`, name: '김하늘', language: 'en', contacts: [] },
            ...more,
          },
        }),
    }
  }

  /** Begins one payment of bills of the demonstration's citizen; answers its id once the gateway's page is open. */
  async checkout(bills: readonly Bill[]): Promise<string> {
    const { id } = await this.operator.post('/v1/checkouts', {
      body: { bills: bills.map((bill) => bill.id), language: 'en' },
      occasion: this.tag,
    })
    await this.until('the payment page is open', async () => {
      const { state } = await this.operator.get('/v1/checkouts/{id}', { path: { id } })
      return state !== 'claimed'
    })
    return id
  }

  read(bill: Bill): Promise<Bill> {
    return this.operator.get('/v1/bills/{id}', { path: { id: bill.id } })
  }

  /** Waits until the bill is as wished, and answers it. */
  async billUntil(bill: Bill, wish: string, is: (bill: Bill) => boolean): Promise<Bill> {
    let read = await this.read(bill)
    await this.until(wish, async () => {
      read = await this.read(bill)
      return is(read)
    })
    return read
  }

  /** Ends the gateway's day and hands its files in, as an operator does in the morning. */
  async settle(): Promise<void> {
    for (const name of await this.gateway.settle())
      await this.operator.post('/v1/statements', { body: { gateway: this.#gatewayName, content: await this.gateway.settlement(name) } })
  }

  /** @throws GojiError `demo_failed` when it does not come true in a minute and a half. */
  async until(wish: string, came: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS
    while (!(await came())) {
      if (performance.now() > deadline) throw new GojiError('conflict', 'demo_failed', `It never came true that ${wish}.`)
      await delay(LOOK_EVERY_MS, undefined, { signal: this.signal })
    }
  }

  pause(seconds: number): Promise<void> {
    return delay(seconds * 1000, undefined, { signal: this.signal })
  }

  /** Where to look at a bill: the citizen's page, and its run in Temporal's own. */
  links(bill: Bill): readonly (readonly [string, string])[] {
    const temporal = this.#engine.addresses['temporal']
    return [
      ['The bill in the API', `npx goji bills get ${bill.id}`],
      ...(temporal === undefined ? [] : [['Its life in Temporal', Runs.runUrl(temporal, 'default', bill.id)] as const]),
    ]
  }
}

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { createApp } from '../../api/app.ts'
import { type Slowest, SLOWEST } from '../../api/http/slowest.ts'
import { createHttpServer, type ServerLimits } from '../../api/server.ts'
import { readConfig } from '../../composition/config.ts'
import type { Engine } from '../../composition/engine.ts'
import type { Root } from '../../composition/root.ts'
import { connect } from '../../store/connection.ts'
import { insertApiKey, type Scope } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { type Answer, ask, type Asked, type Body } from './client.ts'
import { fakeAdapters } from './fake-adapters.ts'
import { FakeApiEngine } from './fake-engine.ts'
import { newBillBody, POLICY } from './inputs.ts'

export const NOW = Date.parse('2026-11-24T06:00:00Z')
export const PEPPER = 'p'.repeat(40)

/** An institution with a policy named `bill` and its first key. */
export interface Tenant {
  readonly id: string
  readonly key: string
}

export interface WorldOptions {
  /** Connections to the database. */
  readonly max?: number
  /** In place of those that a world has. */
  readonly settings?: Readonly<Record<string, string>>
  readonly root?: Root
  readonly limits?: Partial<Slowest>
  readonly server?: ServerLimits
}

/** The API on a real database and over real HTTP, with the engine, the providers and the clock in the test's hand. */
export class World {
  readonly root: Root
  readonly engine: FakeApiEngine
  readonly clock = { at: NOW, now: (): number => this.clock.at }
  /** Every line that was logged. */
  readonly logged: string[] = []
  operator = ''
  #server: Server | undefined
  #numbers = 1_000
  readonly #options: WorldOptions

  /** `root`: made elsewhere, with an engine and providers of its own; they are not the test's then. */
  constructor(databaseUrl: string, options: WorldOptions = {}) {
    this.#options = options
    const sql = connect(databaseUrl, { role: 'goji_app', max: options.max ?? 8, name: 'goji-api-test' })
    this.engine = new FakeApiEngine(sql, () => this.clock.at)
    this.root = options.root ?? {
      config: readConfig({
        DATABASE_URL: databaseUrl,
        GOJI_GATEWAY: 'test',
        GOJI_PEPPER: PEPPER,
        GOJI_LINK_SECRET: 's'.repeat(40),
        GOJI_WEBHOOK_LOOPBACK: 'on',
        GOJI_LOG_LEVEL: 'silent',
        ...options.settings,
      }),
      clock: this.clock,
      sql,
      engine: this.engine as unknown as Engine,
      adapters: fakeAdapters,
      close: () => sql.end(),
    }
  }

  async start(): Promise<void> {
    const log = pino({ level: 'info' }, { write: (line: string) => void this.logged.push(line) })
    this.#server = createHttpServer(createApp(this.root, log, { ...SLOWEST, ...this.#options.limits }), this.#options.server)
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve))
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
    await this.root.close()
  }

  /** A key straight from the store. */
  async makeKey(institutionId: string | null, scopes: readonly Scope[], mode: 'test' | 'live' = 'test'): Promise<string> {
    const { key } = await transaction(this.root.sql, (tx) =>
      insertApiKey(tx, { institutionId, mode, scopes, pepper: this.root.config.GOJI_PEPPER }, this.root.clock.now()),
    )
    return key
  }

  async prepare(): Promise<void> {
    this.operator = await this.makeKey(null, ['operator'])
  }

  get(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(this.url, 'GET', path, asked)
  }

  post(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(this.url, 'POST', path, asked)
  }

  put(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(this.url, 'PUT', path, asked)
  }

  delete(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(this.url, 'DELETE', path, asked)
  }

  async tenant(slug: string): Promise<Tenant> {
    const body = { slug, name: { ko: `${slug} 시청`, en: `${slug} City` }, currency: 'KRW', zone: 'Asia/Seoul' }
    const made = await this.post('/v1/institutions', { key: this.operator, body })
    const { institution, key } = made.body
    const put = await this.put(`/v1/institutions/${institution.id}/policies/bill`, {
      key: this.operator,
      body: { title: { ko: '고지', en: 'Bill' }, policy: POLICY },
    })
    if (made.status !== 201 || put.status !== 201) throw new Error(`the tenant was not made: ${made.text} ${put.text}`)
    return { id: institution.id, key: key.secret }
  }

  nextNumber(): string {
    return `N-${this.#numbers++}`
  }

  /** A bill through the API; answers what it answered. */
  async bill(tenant: Tenant, changes: Readonly<Record<string, unknown>> = {}): Promise<Body> {
    const answer = await this.post('/v1/bills', { key: tenant.key, body: newBillBody({ billNumber: this.nextNumber(), ...changes }) })
    if (answer.status !== 201) throw new Error(`the bill was not made: ${answer.text}`)
    return answer.body
  }
}

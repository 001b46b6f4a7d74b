import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createApp } from '../../api/app.ts'
import { createHttpServer } from '../../api/server.ts'
import type { Policy } from '../../domain/policy.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { GatewayHarness, RawWebhook } from '../contract/gateway-harness.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts'
import postgres from 'postgres'

/** Reminded 20 and 10 days before it is due, which is 30 days after its issue. */
const POLICY: Policy = {
  ...quietPolicy,
  due: { from: 'issue', after: 'P30D' },
  reminders: [
    { when: 'before', offset: 'P20D' },
    { when: 'before', offset: 'P10D' },
  ],
}

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> & { readonly code?: string; readonly id?: string }
}

/** The API, a worker in a process of its own that can be killed, a gateway in another, and real servers behind them. */
export class ModelStack {
  readonly engine: StartedEngine
  readonly gateway: GatewayHarness
  readonly #server: Server
  readonly #key: string
  readonly #admin: postgres.Sql
  #worker: WorkerProcess | undefined

  constructor(parts: { engine: StartedEngine; gateway: GatewayHarness; server: Server; key: string; admin: postgres.Sql }) {
    this.engine = parts.engine
    this.gateway = parts.gateway
    this.#server = parts.server
    this.#key = parts.key
    this.#admin = parts.admin
  }

  async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const { port } = this.#server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID(), 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }

  /** Brings what the gateway sent, signed anew as it is today. Answers what we say to that. */
  async bring(webhook: RawWebhook): Promise<unknown> {
    const { port } = this.#server.address() as AddressInfo
    const { headers, body } = this.gateway.driver.rotated(webhook, Date.now())
    const named = Object.entries(headers).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && /^(webhook-|content-type)/.test(pair[0]),
    )
    const url = `http://127.0.0.1:${port}/webhooks/gateway/${this.gateway.gateway.name}`
    const response = await fetch(url, { method: 'POST', headers: Object.fromEntries(named), body: new Uint8Array(body) })
    return { status: response.status, ...((await response.json()) as object) }
  }

  async startWorker(): Promise<void> {
    const { DATABASE_URL, GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_GATEWAY, GOJI_TASK_QUEUE, TEMPORAL_ADDRESS } = this.engine.root.config
    const settings = { DATABASE_URL, GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_GATEWAY, GOJI_TASK_QUEUE, TEMPORAL_ADDRESS }
    this.#worker ??= await startWorkerProcess({ ...settings, GOJI_SWEEP: 'off', GOJI_LOG_LEVEL: 'warn', ...this.gateway.settings })
  }

  async killWorker(): Promise<void> {
    await this.#worker?.kill()
    this.#worker = undefined
  }

  /** Days pass for one bill: all that has happened to it happened that much earlier. Its run looks at the books again. */
  async pass(billId: string, days: number): Promise<void> {
    const by = `${days} days`
    await this.#admin.begin(async (tx) => {
      await tx`update bills set issued_at = issued_at - ${by}::interval, issue_at = issue_at - ${by}::interval where id = ${billId}`
      await tx`update pauses set from_at = from_at - ${by}::interval, until_at = until_at - ${by}::interval where bill_id = ${billId}`
      await tx`
        update deliveries set attempted_at = attempted_at - ${by}::interval, accepted_at = accepted_at - ${by}::interval,
          delivered_at = delivered_at - ${by}::interval, read_at = read_at - ${by}::interval where bill_id = ${billId}`
    })
    await this.engine.root.engine.sweep([billId])
  }

  async stop(): Promise<void> {
    await this.#worker?.stop()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await this.#admin.end()
    await this.engine.stop()
    await this.gateway.stop()
  }
}

export async function startModelStack(): Promise<ModelStack> {
  const gateway = await startGatewayHarness()
  const engine = await startTestEngine(gateway.gateway)
  await engine.stopWorker()
  const { root, databaseUrl } = engine
  Object.assign(root.adapters, { gatewayNames: [gateway.gateway.name] })
  const institutionId = await engine.institution('Model', POLICY)
  const { key } = await transaction(root.sql, (tx) =>
    insertApiKey(
      tx,
      { institutionId, mode: 'test', scopes: ['bills:read', 'bills:write', 'checkouts:write'], pepper: root.config.GOJI_PEPPER },
      root.clock.now(),
    ),
  )
  const server = createHttpServer(createApp(root, pino({ level: 'silent' })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => undefined, connection: { search_path: 'goji', timezone: 'UTC' } })
  const stack = new ModelStack({ engine, gateway, server, key, admin })
  await stack.startWorker()
  return stack
}

import { randomUUID } from 'node:crypto'
import { Client } from '@temporalio/client'
import type { Worker } from '@temporalio/worker'
import { type NativeConnection } from '@temporalio/worker'
import { type Activities } from '../../activities/index.ts'
import { readConfig } from '../../composition/config.ts'
import { Engine } from '../../composition/engine.ts'
import { createRoot, type Root } from '../../composition/root.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'
import type { Policy } from '../../domain/policy.ts'
import type { BillStatus } from '../../domain/states/bill.ts'
import { createBill } from '../../store/commands/create-bill.ts'
import { insertInstitution } from '../../store/institutions/insert-institution.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { bundleWorkflows } from '../../workers/worker.ts'
import { createWorker } from '../../workers/worker.ts'
import { eventually } from './eventually.ts'

export type Bundle = Awaited<ReturnType<typeof bundleWorkflows>>

/** A worker in this process with a database, a gateway and a task queue of its own. */
export interface TestEngine {
  readonly root: Root
  readonly client: Client
  /** `build`: the workflows of another build, instead of the engine's own. */
  startWorker(overrides?: Partial<Activities>, build?: Bundle): Promise<void>
  stopWorker(): Promise<void>
  /** Makes an institution with one policy. */
  institution(name: string, policy: Policy): Promise<string>
  /** Records a bill over 1,000 won times `index + 1`, and wakes its run. */
  issue(input: {
    institutionId: string
    citizen: string
    index?: number
    asksMoney?: boolean
    start?: boolean
    contacts?: readonly { channel: string; address: string }[]
  }): Promise<string>
  citizenOf(billId: string): Promise<string>
  /** Waits until the books say that the bill has this status. */
  until(billId: string, status: BillStatus): Promise<void>
  stop(): Promise<void>
}

export interface TestEngineOptions {
  readonly databaseUrl: string
  readonly connection: NativeConnection
  readonly address: string
  readonly bundle: Bundle
  readonly gateway: Gateway
  readonly clock?: { now(): number }
  /** One of its own without it. */
  readonly taskQueue?: string
  /** In place of those of a new deployment. */
  readonly settings?: Readonly<Record<string, string>>
  /** False: runs are started as the API starts them, whose process has no worker for their first task. */
  readonly besideWorker?: boolean
}

export async function createTestEngine({
  databaseUrl,
  connection,
  address,
  bundle,
  gateway,
  clock,
  taskQueue = `test-${randomUUID()}`,
  settings = {},
  besideWorker = true,
}: TestEngineOptions): Promise<TestEngine> {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: address,
    GOJI_TASK_QUEUE: taskQueue,
    GOJI_GATEWAY: gateway.name,
    GOJI_PEPPER: randomUUID(),
    GOJI_LINK_SECRET: randomUUID(),
    GOJI_WEBHOOK_LOOPBACK: 'on',
    ...settings,
  })
  const made = await createRoot(config, { name: 'goji-test', connection, pool: 20 })
  const root: Root = {
    ...made,
    ...(clock ? { clock } : {}),
    ...(besideWorker ? {} : { engine: new Engine(new Client({ connection }), made.sql, taskQueue, { besideWorker }) }),
    adapters: { ...made.adapters, gateway: () => gateway, gatewayNames: [gateway.name] },
  }
  let running: { worker: Worker; end: Promise<void> } | undefined
  const engine: TestEngine = {
    root,
    client: new Client({ connection }),
    async startWorker(overrides = {}, build = bundle) {
      const worker = await createWorker(root, connection, build, overrides)
      running = { worker, end: worker.run() }
    },
    async stopWorker() {
      running?.worker.shutdown()
      await running?.end
      running = undefined
    },
    async institution(name, policy) {
      const now = root.clock.now()
      return transaction(root.sql, async (tx) => {
        const id = await insertInstitution(
          tx,
          { slug: name.toLowerCase(), name: { ko: name, en: name }, currency: 'KRW', zone: 'Asia/Seoul' },
          now,
        )
        await insertPolicy(tx, { institutionId: id, name: 'bill', title: { ko: '고지', en: 'Bill' }, body: policy, actor: 'test' }, now)
        return id
      })
    },
    async issue({ institutionId, citizen, index = 0, asksMoney = true, start = true, contacts = [] }) {
      const now = root.clock.now()
      const { billId, wake } = await transaction(root.sql, (tx) =>
        createBill(
          tx,
          {
            institutionId,
            mode: 'test',
            billNumber: randomUUID(),
            policy: 'bill',
            title: 'Bill',
            details: [],
            currency: 'KRW',
            dueDate: null,
            issueAt: now,
            actor: 'test',
            amount: asksMoney ? { minor: 1_000n * BigInt(index + 1), currency: 'KRW' } : null,
            citizen: { identifierHash: keyedHash(config.GOJI_PEPPER, 'citizen', citizen), name: '김하늘', language: 'ko', contacts },
          },
          now,
        ),
      )
      if (start) await root.engine.wake([wake])
      return billId
    },
    async citizenOf(billId) {
      const [row] = await root.sql<{ citizen_id: string }[]>`select citizen_id from bills where id = ${billId}`
      return row?.citizen_id ?? ''
    },
    async until(billId, status) {
      await eventually(`bill ${billId} is ${status}`, async () => {
        const [row] = await root.sql<{ status: BillStatus }[]>`select status from bills where id = ${billId}`
        return row?.status === status ? true : undefined
      })
    },
    async stop() {
      await engine.stopWorker()
      await made.close()
    },
  }
  return engine
}

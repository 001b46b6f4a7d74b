import { randomUUID } from 'node:crypto'
import { NativeConnection } from '@temporalio/worker'
import type { Policy } from '../../domain/policy.ts'
import { createBill } from '../../store/commands/create-bill.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { bundleWorkflows } from '../../workers/worker.ts'
import { createTestEngine, type TestEngine } from '../support/engine.ts'
import { eventually } from '../support/eventually.ts'
import { FakeChannel, useChannels } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { withDatabase } from '../support/postgres.ts'
import { withTemporal } from '../support/temporal.ts'
import { CITIZEN } from './citizen.ts'

export interface NewLife {
  readonly policy?: Partial<Policy>
  readonly asksMoney?: boolean
  readonly institution?: string
}

/** An engine with a gateway and a channel that do as they are told, and bills with short clocks. */
export interface World {
  readonly engine: TestEngine
  readonly gateway: FakeGateway
  /** A second channel beside the inbox, named `letterbox`. */
  readonly letterbox: FakeChannel
  issue(life: NewLife): Promise<string>
  /** One command's transaction, and the signals that follow its commit. */
  tell(work: Promise<readonly Wake[]>): Promise<void>
  /** Waits until the run that is there, or the newest, has closed. */
  closed(workflowId: string): Promise<void>
  stop(): Promise<void>
}

export async function startWorld({ besideWorker = true } = {}): Promise<World> {
  const [database, { address }] = await Promise.all([withDatabase(), withTemporal()])
  const connection = await NativeConnection.connect({ address })
  const gateway = new FakeGateway()
  const bundle = await bundleWorkflows()
  const engine = await createTestEngine({ databaseUrl: database.url, connection, address, bundle, gateway, besideWorker })
  const { root } = engine
  const letterbox = Object.assign(new FakeChannel('letterbox', 'accepts', root.clock), { recall: async () => 'recalled' as const })
  useChannels(root.adapters, [letterbox])
  await engine.startWorker()
  return {
    engine,
    gateway,
    letterbox,
    async issue({ policy = {}, asksMoney = true, institution }) {
      const institutionId = await engine.institution(institution ?? `office-${randomUUID().slice(0, 8)}`, { ...quietPolicy, ...policy })
      const now = root.clock.now()
      const amount = asksMoney ? ({ minor: 12_500n, currency: 'KRW' } as const) : null
      const { billId, wake } = await transaction(root.sql, (tx) =>
        createBill(
          tx,
          {
            institutionId,
            mode: 'test',
            billNumber: CITIZEN.billNumber,
            policy: 'bill',
            title: CITIZEN.title,
            details: [{ label: CITIZEN.label, value: CITIZEN.plate }],
            currency: 'KRW',
            dueDate: null,
            issueAt: now,
            actor: 'test',
            amount,
            citizen: {
              identifierHash: keyedHash(root.config.GOJI_PEPPER, 'citizen', CITIZEN.identifier),
              name: CITIZEN.name,
              language: 'ko',
              contacts: [{ channel: 'letterbox', address: CITIZEN.address }],
            },
          },
          now,
        ),
      )
      await root.engine.wake([wake])
      return billId
    },
    tell: async (work) => root.engine.wake(await work),
    closed: (workflowId) =>
      eventually(`${workflowId} has closed`, async () =>
        (await engine.client.workflow.getHandle(workflowId).describe()).status.name === 'COMPLETED' ? true : undefined,
      ).then(() => undefined),
    async stop() {
      await engine.stop()
      await connection.close()
      await database.drop()
    },
  }
}

import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import type { Activities } from '../../activities/index.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'
import { bundleWorkflows } from '../../workers/worker.ts'
import { createTestEngine, type TestEngine } from './engine.ts'
import { withDatabase } from './postgres.ts'
import { withTemporal } from './temporal.ts'

export interface StartedEngine extends TestEngine {
  readonly databaseUrl: string
  readonly address: string
  readonly connection: NativeConnection
}

/** An engine on a database of its own and the run's Temporal server, with its worker running. */
export async function startTestEngine(gateway: Gateway, overrides: Partial<Activities> = {}): Promise<StartedEngine> {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const [database, { address }] = await Promise.all([withDatabase(), withTemporal()])
  const connection = await NativeConnection.connect({ address })
  const engine = await createTestEngine({ databaseUrl: database.url, connection, address, bundle: await bundleWorkflows(), gateway })
  await engine.startWorker(overrides)
  return {
    ...engine,
    databaseUrl: database.url,
    address,
    connection,
    stop: async () => {
      await engine.stop()
      await connection.close()
      await database.drop()
    },
  }
}

import { Client, Connection } from '@temporalio/client'
import type { NativeConnection } from '@temporalio/worker'
import { connect, type Sql } from '../store/connection.ts'
import { type Adapters, loadAdapters } from './adapters.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { Engine } from './engine.ts'

/** Everything a process is made of, put together once. */
export interface Root {
  readonly config: Config
  readonly clock: Clock
  readonly sql: Sql
  readonly adapters: Adapters
  readonly engine: Engine
  close(): Promise<void>
}

/**
 * The composition root: the only place where adapters, store and Temporal meet. A worker hands in its own connection,
 * the others connect lazily, so the API starts and answers while Temporal is down.
 */
export async function createRoot(config: Config, options: { name: string; pool?: number; connection?: NativeConnection }): Promise<Root> {
  const sql = connect(config.DATABASE_URL, {
    role: 'goji_app',
    name: options.name,
    ...(options.pool === undefined ? {} : { max: options.pool }),
  })
  const adapters = await loadAdapters(config.adapterSettings)
  const connection = options.connection ?? Connection.lazy({ address: config.TEMPORAL_ADDRESS })
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })
  return {
    config,
    clock: systemClock,
    sql,
    adapters,
    engine: new Engine(client, sql, config.GOJI_TASK_QUEUE, { besideWorker: options.connection !== undefined }),
    close: async () => {
      if (options.connection === undefined) await (connection as Connection).close()
      await sql.end({ timeout: 5 })
    },
  }
}

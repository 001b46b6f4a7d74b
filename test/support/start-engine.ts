import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { type Activities, createActivities } from '../../activities/index.ts'
import type { Channel } from '../../domain/ports/channel.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'
import { bundleWorkflows, portsOf } from '../../workers/worker.ts'
import { createTestEngine, type TestEngine } from './engine.ts'
import { useChannels } from './fake-channel.ts'
import { withDatabase } from './postgres.ts'
import { withTemporal } from './temporal.ts'

export interface StartedEngine extends TestEngine {
  readonly databaseUrl: string
  readonly address: string
  readonly connection: NativeConnection
}

export interface StartOptions {
  /** The machine's own without it. */
  readonly clock?: { now(): number }
  /** Beside those of the deployment. */
  readonly channels?: readonly Channel[]
  /** Beside the one that every other name stands for. */
  readonly gateways?: readonly Gateway[]
  /** Puts others in the place of some activities. */
  readonly change?: (activities: Activities) => Partial<Activities>
}

/** An engine on a database of its own and the run's Temporal server, with its worker running. */
export async function startTestEngine(
  gateway: Gateway,
  { clock, channels = [], gateways = [], change }: StartOptions = {},
): Promise<StartedEngine> {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const [database, { address }] = await Promise.all([withDatabase(), withTemporal()])
  const connection = await NativeConnection.connect({ address })
  const bundle = await bundleWorkflows()
  const engine = await createTestEngine({
    databaseUrl: database.url,
    connection,
    address,
    bundle,
    gateway,
    ...(clock === undefined ? {} : { clock }),
  })
  useChannels(engine.root.adapters, channels)
  const others = new Map(gateways.map((one) => [one.name, one]))
  Object.assign(engine.root.adapters, { gateway: (name: string) => others.get(name) ?? gateway })
  await engine.startWorker(change?.(createActivities(portsOf(engine.root))))
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

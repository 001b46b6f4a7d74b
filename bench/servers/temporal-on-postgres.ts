import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import type { Child, Children, ChildSpec } from '../../cli/stack/process.ts'
import { prepareExternalTemporal } from '../../cli/stack/temporal.ts'
import { makeTemporalDatabases } from './temporal-databases.ts'
import { temporalServer } from './temporal-server.ts'

/** Eight ports from here on: four services, and the membership of each. */
const USUAL_FIRST_PORT = 17_233
const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const
const PATIENCE_MS = 90_000
/** gRPC's code for a namespace that is there. */
const ALREADY_EXISTS = 6

/**
 * How the server speaks with PostgreSQL: `postgres12`, which most installations name, has each statement parsed and
 * planned anew; `postgres12_pgx`, which docker-compose.yml names, prepares them once.
 */
export type Driver = 'postgres12' | 'postgres12_pgx'

export interface TemporalOnPostgresOptions {
  /** Of an administrator: two databases are made there. */
  readonly databaseUrl: string
  /** Host and port under which the server itself reaches its databases, where something stands in between. */
  readonly databaseAddress?: string
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  /** The first of eight free ports, all below 32768: the server keeps its membership ports in a signed 16-bit column. */
  readonly firstPort?: number
  readonly driver?: Driver
}

/** A server that is ready to be started, again and again. */
export interface PreparedTemporal {
  readonly spec: ChildSpec
  readonly address: string
}

/**
 * A Temporal server with PostgreSQL persistence: the development server's SQLite is one shard behind one connection, so
 * it would measure itself and not the engine.
 */
export async function startTemporalOnPostgres(
  options: TemporalOnPostgresOptions & { readonly children: Children },
): Promise<{ address: string; child: Child }> {
  const { spec, address } = await prepareTemporal(options)
  const child = await options.children.start(spec)
  await untilServing(child, address)
  return { address, child }
}

/** Makes its databases and its configuration, and starts nothing. */
export async function prepareTemporal(options: TemporalOnPostgresOptions): Promise<PreparedTemporal> {
  const { folder, environment, firstPort = USUAL_FIRST_PORT, driver = 'postgres12_pgx' } = options
  const { server, tool, source } = temporalServer(environment)
  const admin = new URL(options.databaseUrl)
  await makeTemporalDatabases(admin, { tool, source, environment })
  mkdirSync(join(folder, 'config'), { recursive: true })
  const configuration = configure(admin, options.databaseAddress ?? admin.host, { folder, firstPort, driver })
  writeFileSync(join(folder, 'config/development.yaml'), JSON.stringify(configuration))
  writeFileSync(join(folder, 'dynamic.yaml'), 'system.enableActivityEagerExecution:\n  - value: true\n')
  const spec = {
    name: 'temporal-on-postgres',
    command: server,
    args: ['--root', folder, '--env', 'development', '--allow-no-auth', 'start'],
    // A quarter of the server's CPU is garbage collection otherwise.
    environment: { PATH: environment['PATH'], HOME: folder, GOGC: '400' },
    folder,
    graceMs: 10_000,
  }
  return { spec, address: `127.0.0.1:${firstPort}` }
}

/** Resolves once the server answers and its namespace is as the engine needs it. */
export async function untilServing(child: Child, address: string): Promise<void> {
  const signal = AbortSignal.timeout(2 * PATIENCE_MS)
  const answers = (ask: Promise<void>): Promise<true | undefined> =>
    ask.then(
      () => true as const,
      () => undefined,
    )
  await child.until(() => answers(registerNamespace(address)), PATIENCE_MS, signal)
  await child.until(() => answers(prepareExternalTemporal(address, 'default')), PATIENCE_MS, signal)
}

async function registerNamespace(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '2s' })
  try {
    await connection.workflowService.registerNamespace({
      namespace: 'default',
      workflowExecutionRetentionPeriod: { seconds: 259_200 as never },
    })
  } catch (error) {
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error
  } finally {
    await connection.close()
  }
}

/** The server reads YAML, of which JSON is a part. */
function configure(
  admin: URL,
  connectAddr: string,
  { folder, firstPort, driver }: { folder: string; firstPort: number; driver: Driver },
): object {
  const store = (databaseName: string, maxConns: number): object => ({
    sql: {
      pluginName: driver,
      databaseName,
      connectAddr,
      connectProtocol: 'tcp',
      user: admin.username,
      password: decodeURIComponent(admin.password),
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  })
  const service = (index: number): object => ({
    rpc: { grpcPort: firstPort + index, membershipPort: firstPort + SERVICES.length + index, bindOnLocalHost: true },
  })
  const frontend = `127.0.0.1:${firstPort}`
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { default: store('temporal', 20), visibility: store('temporal_visibility', 4) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(SERVICES.map((name, index) => [name, service(index)])),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: { active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: frontend } },
    },
    publicClient: { hostPort: frontend },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: join(folder, 'dynamic.yaml'), pollInterval: '10s' },
  }
}

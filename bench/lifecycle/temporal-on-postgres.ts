import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import postgres from 'postgres'
import type { Child, Children } from '../../cli/stack/process.ts'
import { prepareExternalTemporal } from '../../cli/stack/temporal.ts'

const VERSION = 'v1.29.1'
const MODULE = 'go.temporal.io/server'
const BUILD_TIMEOUT_MS = 1_200_000
/** Below 32768: the server keeps its membership ports in a signed 16-bit column. */
const PORTS = { frontend: 17233, matching: 17235, history: 17234, worker: 17239 }

/**
 * A Temporal server with PostgreSQL persistence: the development server's SQLite is one shard behind one connection, so
 * it would measure itself and not the engine. Built once with Go and kept outside the work tree by its version.
 */
export async function startTemporalOnPostgres(
  databaseUrl: string,
  folder: string,
  children: Children,
  environment: NodeJS.ProcessEnv,
): Promise<{ address: string; child: Child }> {
  const { server, tool, source } = buildOnce(environment)
  const admin = new URL(databaseUrl)
  await makeDatabase(admin, tool, environment, 'temporal', join(source, 'schema/postgresql/v12/temporal/versioned'))
  await makeDatabase(admin, tool, environment, 'temporal_visibility', join(source, 'schema/postgresql/v12/visibility/versioned'))
  mkdirSync(join(folder, 'config'), { recursive: true })
  writeFileSync(join(folder, 'config/development.yaml'), JSON.stringify(configuration(admin, folder)))
  writeFileSync(join(folder, 'dynamic.yaml'), 'system.enableActivityEagerExecution:\n  - value: true\n')
  const child = await children.start({
    name: 'temporal-on-postgres',
    command: server,
    args: ['--root', folder, '--env', 'development', '--allow-no-auth', 'start'],
    // A quarter of the server's CPU is garbage collection otherwise.
    environment: { PATH: environment['PATH'], HOME: folder, GOGC: '400' },
    folder,
    graceMs: 10_000,
  })
  const address = `127.0.0.1:${PORTS.frontend}`
  const signal = AbortSignal.timeout(120_000)
  await child.until(
    () =>
      registerNamespace(address).then(
        () => true,
        () => undefined,
      ),
    90_000,
    signal,
  )
  await child.until(
    () =>
      prepareExternalTemporal(address, 'default').then(
        () => true,
        () => undefined,
      ),
    90_000,
    signal,
  )
  return { address, child }
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: BUILD_TIMEOUT_MS,
    env,
  })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stderr.slice(-500)}`)
  return stdout.trim()
}

function buildOnce(environment: NodeJS.ProcessEnv): { server: string; tool: string; source: string } {
  const cache = join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'goji', 'bin', `temporal-server-${VERSION}`)
  if (!existsSync(cache)) {
    process.stderr.write('Building the Temporal server with Go: a few minutes, once.\n')
    const draft = `${cache}.${process.pid}`
    run('go', ['install', `${MODULE}/cmd/server@${VERSION}`], { ...environment, GOBIN: draft })
    run('go', ['install', `${MODULE}/cmd/tools/sql@${VERSION}`], { ...environment, GOBIN: draft })
    rmSync(cache, { recursive: true, force: true })
    renameSync(draft, cache)
  }
  const source = join(run('go', ['env', 'GOMODCACHE'], environment), `${MODULE}@${VERSION}`)
  return { server: join(cache, 'server'), tool: join(cache, 'sql'), source }
}

async function makeDatabase(admin: URL, tool: string, environment: NodeJS.ProcessEnv, name: string, schema: string): Promise<void> {
  const sql = postgres(admin.href, { max: 1, onnotice: () => undefined })
  await sql.unsafe(`create database ${name}`)
  await sql.end()
  const login = [
    '--plugin',
    'postgres12',
    '--ep',
    admin.hostname,
    '-p',
    admin.port,
    '-u',
    admin.username,
    '--pw',
    decodeURIComponent(admin.password),
    '--db',
    name,
  ]
  run(tool, [...login, 'setup-schema', '-v', '0.0'], environment)
  run(tool, [...login, 'update-schema', '-d', schema], environment)
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

/** gRPC's code for a namespace that is there. */
const ALREADY_EXISTS = 6

/** The server reads YAML, of which JSON is a part. */
function configuration(admin: URL, folder: string): object {
  const store = (databaseName: string, maxConns: number): object => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${admin.hostname}:${admin.port}`,
      connectProtocol: 'tcp',
      user: admin.username,
      password: decodeURIComponent(admin.password),
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  })
  const service = (grpcPort: number): object => ({ rpc: { grpcPort, membershipPort: grpcPort - 1000, bindOnLocalHost: true } })
  const frontend = `127.0.0.1:${PORTS.frontend}`
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { default: store('temporal', 20), visibility: store('temporal_visibility', 4) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(Object.entries(PORTS).map(([name, port]) => [name, service(port)])),
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

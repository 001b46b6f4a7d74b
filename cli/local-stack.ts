import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ApiRefusal, Goji } from '../client/index.ts'
import { systemClock } from '../composition/clock.ts'
import { invalid } from '../domain/errors.ts'
import { connect } from '../store/connection.ts'
import { insertApiKey } from '../store/keys/insert-api-key.ts'
import { migrate } from '../store/migrate.ts'
import { transaction } from '../store/unit/transaction.ts'
import type { Engine } from './engine.ts'
import { readEngineFile, writeEngineFile } from './engine-file.ts'
import type { Mapping } from './run/mapping.ts'
import { environment, ROOT } from './settings.ts'
import type { Progress } from './stack/progress.ts'
import { findSimulators } from './stack/simulators.ts'
import type { Stack, StackOptions, StackParts } from './stack/stack.ts'

/** The port that people remember. */
const API_PORT = 3000

/** Goji itself on the embedded stack: its settings and its own processes. */
export const localStack = (
  dataDir: string,
  fresh: boolean,
  progress: Progress,
  simulators: readonly string[],
): Omit<StackOptions, 'signal'> => ({
  root: ROOT,
  simulators,
  dataDir,
  fresh,
  environment,
  apiPort: API_PORT,
  migrate,
  settings: (parts) => ({
    GOJI_PEPPER: parts.secret('pepper'),
    GOJI_LINK_SECRET: parts.secret('link'),
    GOJI_BASE_URL: parts.apiUrl,
    GOJI_HOST: '127.0.0.1',
    GOJI_PORT: String(parts.apiPort),
    GOJI_GATEWAY: gatewayOf(parts),
    GOJI_WEBHOOK_LOOPBACK: 'on',
    GOJI_ANCHOR_FOLDER: parts.folder('anchors'),
    GOJI_ANCHOR_SECRET: parts.secret('anchor'),
    GOJI_LOG_LEVEL: environment['GOJI_LOG_LEVEL'] ?? 'warn',
  }),
  processes: [
    { name: 'worker', main: 'workers/main.ts', graceMs: 30_000 },
    { name: 'api', main: 'api/main.ts', graceMs: 20_000 },
  ],
  progress,
})

/** The gateway of new checkouts: the one that the environment names, else the first that is simulated here unasked. */
function gatewayOf({ simulators }: StackParts): string {
  const named = environment['GOJI_GATEWAY']
  if (named !== undefined && !existsSync(resolve(ROOT, 'adapters/gateways', named)))
    throw invalid('gateway_unknown', `There is no gateway "${named}" in adapters/gateways. Correct GOJI_GATEWAY, or unset it.`)
  const name = named ?? simulators.find(({ kind, manifest }) => kind === 'gateway' && !manifest.onRequest)?.name
  if (name === undefined) throw new Error('No gateway has a simulator. Name one with GOJI_GATEWAY.')
  return name
}

/** The simulators that these policies and the environment need. What has no simulator may be there for real. */
export async function neededSimulators(mapping: Mapping): Promise<string[]> {
  const names = Object.values(mapping.policies).flatMap(({ chain }) => chain.map(({ channel }) => channel))
  const simulated = new Set((await findSimulators(ROOT)).map(({ name }) => name))
  return [...names, environment['GOJI_GATEWAY'] ?? ''].filter((name) => simulated.has(name))
}

/** Makes the running stack known to other commands, with a key of the platform: the one from the last start where it is still in force. */
export async function announceEngine(stack: Stack, dataDir: string): Promise<Engine> {
  const { parts, addresses } = stack
  const known = readEngineFile(dataDir)
  const key = known !== null && (await inForce({ url: parts.apiUrl, key: known.key })) ? known.key : await makePlatformKey(parts)
  const engine: Engine = {
    url: parts.apiUrl,
    key,
    gateway: gatewayOf(parts),
    simulators: parts.simulators.map(({ kind, name, url, manifest }) => ({
      kind,
      name,
      url,
      secrets: Object.fromEntries(manifest.secrets.map((secret) => [secret, parts.secret(`${kind}-${name}-${secret}`)])),
    })),
    addresses,
  }
  writeEngineFile(dataDir, engine)
  return engine
}

async function inForce(options: { url: string; key: string }): Promise<boolean> {
  try {
    await new Goji(options).get('/v1/institutions', { query: { limit: 1 } })
    return true
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 401) return false
    throw error
  }
}

/** The first key of a platform cannot come from its API. */
async function makePlatformKey({ databaseUrl, secret }: StackParts): Promise<string> {
  const sql = connect(databaseUrl, { role: 'goji_app', name: 'goji-cli', max: 1 })
  try {
    const input = { institutionId: null, mode: 'test', scopes: ['operator'], pepper: secret('pepper') } as const
    return (await transaction(sql, (tx) => insertApiKey(tx, input, systemClock.now()))).key
  } finally {
    await sql.end({ timeout: 5 })
  }
}

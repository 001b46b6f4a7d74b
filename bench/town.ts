import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { announceEngine, localStack } from '../cli/local-stack.ts'
import { environment } from '../cli/settings.ts'
import type { LockedChild } from '../cli/stack/lock.ts'
import { createProgress } from '../cli/stack/progress.ts'
import { type Stack, startStack } from '../cli/stack/stack.ts'
import { Goji } from '../client/index.ts'
import { loadDrivers } from '../composition/simulators.ts'
import type { GatewayDriver } from '../domain/ports/simulator.ts'
import { withServers } from './servers/with-servers.ts'
import { POLICY } from './policy.ts'

export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** A city with one policy on a stack of its own: PostgreSQL, Temporal with PostgreSQL persistence, workers, API, simulators. */
export interface Town {
  /** Where the API is and the city's key. */
  readonly city: { readonly url: string; readonly key: string }
  readonly goji: Goji
  readonly driver: GatewayDriver
  /** A folder for what is made meanwhile. */
  readonly folder: string
  /** Process ids of Goji's own processes, by name. */
  readonly pids: Readonly<Record<string, number>>
}

const HIGH = { GOJI_LIMIT_KEY: '100000000', GOJI_LIMIT_ADDRESS: '100000000' }

/** Starts a town, does `work` in it, and takes everything down again, whatever came of it. */
export async function inTown<T>(workers: number, work: (town: Town) => Promise<T>): Promise<T> {
  return withServers({ environment, note: say }, async ({ folder, databaseUrl, temporalAddress }) => {
    const local = localStack(join(folder, 'stack'), true, createProgress(process.stderr), [])
    const more = Array.from({ length: workers - 1 }, (_, index) => ({
      name: `worker-${index + 2}`,
      main: 'workers/main.ts',
      graceMs: 30_000,
    }))
    const stack = await startStack({
      ...local,
      processes: [...local.processes, ...more],
      // The limits count as ever, and are too high to be met.
      environment: { ...environment, ...HIGH, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress },
      signal: AbortSignal.timeout(24 * 3_600_000),
    })
    try {
      return await work(await found(stack, folder))
    } finally {
      await stack.stop()
    }
  })
}

async function found(stack: Stack, folder: string): Promise<Town> {
  const engine = await announceEngine(stack, join(folder, 'stack'))
  const operator = new Goji({ url: engine.url, key: engine.key })
  const driver = (await loadDrivers(engine.simulators)).gateways.get(engine.gateway ?? '')
  if (!driver) throw new Error('the gateway has no simulator')
  const { institution, key } = await operator.post('/v1/institutions', {
    body: { slug: 'city', name: { ko: '시청', en: 'City Hall' }, currency: 'KRW', zone: 'Asia/Seoul' },
  })
  await operator.put('/v1/institutions/{id}/policies/{name}', {
    path: { id: institution.id, name: 'tax' },
    body: { title: { ko: '자동차세', en: 'Vehicle tax' }, policy: POLICY as never },
  })
  const city = { url: engine.url, key: key.secret ?? '' }
  const { children } = JSON.parse(readFileSync(join(folder, 'stack', 'lock.json'), 'utf8')) as { children: readonly LockedChild[] }
  const pids = Object.fromEntries(children.filter(({ name }) => /^(api|worker)/.test(name)).map(({ name, pid }) => [name, pid]))
  return { city, goji: new Goji(city), driver, folder, pids }
}

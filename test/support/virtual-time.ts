import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import { type Activities, createActivities } from '../../activities/index.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'
import { findTestServer } from '../../scripts/counterparts.ts'
import { bundleWorkflows, portsOf } from '../../workers/worker.ts'
import { createTestEngine, type TestEngine } from './engine.ts'
import { withDatabase } from './postgres.ts'

/** Temporal's numbers of the types. This server can add search attributes, but not list them as `prepareExternalTemporal` does. */
const TYPES = { Keyword: 2, Bool: 5, Datetime: 6 } as const

/** The server's time, as it was when it was last asked. Whoever needs it exactly asks first. */
class VirtualClock {
  readonly #environment: TestWorkflowEnvironment
  #now = 0

  constructor(environment: TestWorkflowEnvironment) {
    this.#environment = environment
  }

  now = (): number => this.#now

  async ask(): Promise<number> {
    this.#now = await this.#environment.currentTimeMs()
    return this.#now
  }
}

/** An engine whose Temporal server skips the time in which nothing happens, and whose clock is that server's. */
export interface VirtualEngine extends TestEngine {
  startWorker(): Promise<void>
  /** Lets everything happen that is due until `at` (milliseconds), and stops the time there. */
  goTo(at: number): Promise<void>
}

/** Why there can be no such server on this machine; null when there can. */
export const reasonNoVirtualTime = (): string | null =>
  findTestServer() === null ? "Temporal's test server, which skips time, was not fetched (it needs Java and Maven)" : null

export async function startVirtualEngine(gateway: Gateway): Promise<VirtualEngine> {
  // One after the other: bundling takes the processor that the server needs to be up in time.
  const environment = await startServer()
  const [database, bundle] = await Promise.all([withDatabase(), bundleWorkflows()])
  const clock = new VirtualClock(environment)
  const { address, nativeConnection: connection } = environment
  const engine = await createTestEngine({ databaseUrl: database.url, connection, address, bundle, gateway, clock })
  return {
    ...engine,
    startWorker: () => engine.startWorker(withTime(createActivities(portsOf(engine.root)), clock)),
    async goTo(at) {
      await environment.sleep(at - (await clock.ask()))
      await clock.ask()
    },
    stop: async () => {
      await engine.stop()
      await environment.teardown()
      await database.drop()
    },
  }
}

async function startServer(): Promise<TestWorkflowEnvironment> {
  const path = findTestServer()
  if (path === null) throw new Error(reasonNoVirtualTime() ?? '')
  // That it lacks a few features, which nothing here needs, would be told as warnings.
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) }
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } })
  const environment = await startPatiently(path)
  const searchAttributes = Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, TYPES[type]]))
  await environment.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes })
  return environment
}

/** The SDK gives a server five seconds to come up, and a Java process on a busy machine may need more. */
const STARTS_MAX = 6

async function startPatiently(path: string): Promise<TestWorkflowEnvironment> {
  for (let start = 1; ; start++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })
    } catch (error) {
      if (start === STARTS_MAX || !String(error).includes('did not start within')) throw error
    }
  }
}

/** Every activity first learns the time, which stands still for it: the server skips none while something is under way. */
const withTime = (activities: Activities, clock: VirtualClock): Activities =>
  Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (input: never) => {
        await clock.ask()
        return (activity as (input: never) => Promise<unknown>)(input)
      },
    ]),
  ) as Activities

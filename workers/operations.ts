import { collectDefaultMetrics, type Registry } from 'prom-client'
import type { Worker } from '@temporalio/worker'
import { isDatabaseUp } from '../composition/dependencies.ts'
import { json, type OperationsServer, startOperationsServer } from '../composition/metrics/operations-server.ts'
import type { Root } from '../composition/root.ts'
import type { TemporalMetrics } from './runtime.ts'

/**
 * What operators and supervisors ask a worker, on a port of its own where the settings name one: its metrics with those of
 * Temporal's SDK, whether it is alive, and whether it can work.
 */
export async function startOperations(
  root: Root,
  parts: { readonly worker: Worker; readonly register: Registry; readonly temporal: TemporalMetrics },
): Promise<OperationsServer | undefined> {
  const { GOJI_METRICS_PORT: port, GOJI_METRICS_HOST: host } = root.config
  if (port === undefined) return undefined
  const { worker, register, temporal } = parts
  collectDefaultMetrics({ register })
  return startOperationsServer(
    { host, port },
    {
      '/metrics': async () => ({
        status: 200,
        type: register.contentType,
        text: `${(await register.metrics()).trimEnd()}\n${await temporal.read()}`,
      }),
      '/healthz': () => Promise.resolve(json(200, { status: 'alive', worker: worker.getState() })),
      '/readyz': async () => {
        const [database, engine] = await Promise.all([isDatabaseUp(root.sql), root.engine.isReachable()])
        const polls = worker.getState() === 'RUNNING'
        const upOrDown = (is: boolean): 'up' | 'down' => (is ? 'up' : 'down')
        const isReady = database && engine && polls
        return json(isReady ? 200 : 503, {
          status: isReady ? 'ready' : 'down',
          worker: worker.getState(),
          dependencies: { database: upOrDown(database), engine: upOrDown(engine) },
        })
      },
    },
  )
}

import { collectDefaultMetrics, type Registry } from 'prom-client'
import type { Logger } from '../composition/log.ts'
import { BooksMetrics } from '../composition/metrics/books.ts'
import { InvariantMetrics } from '../composition/metrics/invariants.ts'
import { type OperationsServer, startOperationsServer } from '../composition/metrics/operations-server.ts'
import type { Root } from '../composition/root.ts'

/** The API's metrics, with the figures of the books, on a port of their own where the settings name one. */
export async function startMetrics(root: Root, log: Logger, register: Registry): Promise<OperationsServer | undefined> {
  const { GOJI_METRICS_PORT: port, GOJI_METRICS_HOST: host } = root.config
  if (port === undefined) return undefined
  collectDefaultMetrics({ register })
  const books = new BooksMetrics(root, log, register)
  const invariants = new InvariantMetrics(root, log, register)
  return startOperationsServer(
    { host, port },
    {
      '/metrics': async () => {
        await books.refresh()
        // Read beside the scrape, which tells what was found last.
        void invariants.refresh()
        return { status: 200, type: register.contentType, text: await register.metrics() }
      },
    },
  )
}

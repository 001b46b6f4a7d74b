import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { DefaultLogger, type LogEntry, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import { errorWords } from '../composition/error-words.ts'
import type { Logger } from '../composition/log.ts'
import { subjectOf } from './activity-log.ts'

/** Where the SDK's own metrics are; it listens on this machine only, and /metrics passes them on. */
export interface TemporalMetrics {
  read(): Promise<string>
}

/**
 * Sets up the SDK's native part, once per process: its log lines go into ours, SIGTERM lets what is under way end, and its
 * own metrics (workflow tasks that fail, for one) are told where somebody asks for metrics.
 */
export async function installRuntime(log: Logger, options: { readonly metrics: boolean }): Promise<TemporalMetrics> {
  const bindAddress = options.metrics ? `127.0.0.1:${await freePort()}` : undefined
  Runtime.install({
    logger: new DefaultLogger('INFO', (entry) => writeLine(log, entry)),
    shutdownSignals: ['SIGTERM', 'SIGINT'],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(bindAddress === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } } }),
    },
  })
  return {
    read: async () => {
      if (bindAddress === undefined) return ''
      try {
        const answer = await fetch(`http://${bindAddress}/metrics`, { signal: AbortSignal.timeout(SCRAPE_LIMIT_MS) })
        return withoutEnd(await answer.text())
      } catch (error) {
        // Ours are told all the same.
        log.warn(errorWords(error), "the SDK's metrics were not read")
        return ''
      }
    },
  }
}

const SCRAPE_LIMIT_MS = 5_000

/** OpenMetrics ends with a line that may stand nowhere else. */
const withoutEnd = (text: string): string => text.replace(/^# EOF\n?$/m, '')

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const

/** One of the SDK's lines. What it says of activities is said once already, by `activity-log.ts`. */
function writeLine(log: Logger, { level, message, meta = {} }: LogEntry): void {
  if (meta['sdkComponent'] === 'worker' && message.startsWith('Activity ')) return
  const { workflowId, runId, workflowType, activityType, attempt, taskQueue, error } = meta as Record<string, unknown>
  const told = { ...subjectOf(workflowId), workflowId, runId, workflowType, activityType, attempt, taskQueue, error: textOf(error) }
  log[LEVELS[level]](told, message)
}

/** An error of workflow code comes from a context of its own, so it is no instance of our `Error`. Its words are ours. */
function textOf(error: unknown): string | undefined {
  if (typeof error === 'string') return error
  const { message } = (error ?? {}) as { message?: unknown }
  return typeof message === 'string' ? message : undefined
}

/** Free a moment ago. Should another process take it meanwhile, the start fails and whoever watches the worker starts it again. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

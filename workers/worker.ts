import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger, type NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker'
import { type Activities, createActivities } from '../activities/index.ts'
import type { Ports } from '../activities/ports.ts'
import { cancelCheckout } from '../composition/cancel-checkout.ts'
import { postWebhookOf } from '../composition/egress/post-webhook.ts'
import { noticeLink } from '../composition/links.ts'
import type { Logger } from '../composition/log.ts'
import type { ProviderCalls } from '../composition/metrics/provider-calls.ts'
import type { Root } from '../composition/root.ts'
import { logActivities } from './activity-log.ts'

/** Who looks on: nobody where nothing is said. */
export interface Watching {
  readonly log?: Logger
  readonly calls?: ProviderCalls
}

/** What activities are given, from the composition root. */
export const portsOf = (root: Root, calls?: ProviderCalls): Ports => ({
  sql: root.sql,
  clock: root.clock,
  channel: (name) => calls?.measure('channel', root.adapters.channel(name)) ?? root.adapters.channel(name),
  channelNames: root.adapters.channelNames,
  gateway: (name) => calls?.measure('gateway', root.adapters.gateway(name)) ?? root.adapters.gateway(name),
  gatewayNames: root.adapters.gatewayNames,
  wake: (wakes) => root.engine.wake(wakes),
  sweep: (billIds) => root.engine.sweep(billIds),
  reportCheckout: (checkoutId) => root.engine.reportCheckout(checkoutId),
  cancelCheckout: (checkoutId) => cancelCheckout(root.engine, checkoutId),
  batchWindow: root.config.GOJI_BATCH_WINDOW,
  runBatch: (batchId) => root.engine.runBatch(batchId),
  postStatement: (statementId) => root.engine.postStatement(statementId),
  wakeWebhook: (endpointId) => root.engine.wakeWebhook(endpointId),
  postWebhook: postWebhookOf(root),
  link: (input) => noticeLink(root.config, input),
  url: (path) => new URL(path, root.config.GOJI_BASE_URL).href,
})

/**
 * The workflows' code. It is evaluated once for all runs of a worker instead of once for each, which is why none of its
 * modules may keep state: one bill would see another's.
 */
export function bundleWorkflows(): Promise<WorkflowBundle> {
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))
  return bundleWorkflowCode({ workflowsPath, preloadModules: [workflowsPath], logger: new DefaultLogger('WARN') })
}

/**
 * A worker of the engine. Few cached workflows at a time keep its memory flat over any number of open bills; a bill that
 * was evicted replays its short history when it wakes.
 */
export function createWorker(
  root: Root,
  connection: NativeConnection,
  bundle: WorkflowBundle,
  overrides: Partial<Activities> = {},
  { log, calls }: Watching = {},
): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: root.config.TEMPORAL_NAMESPACE,
    taskQueue: root.config.GOJI_TASK_QUEUE,
    workflowBundle: bundle,
    activities: { ...createActivities(portsOf(root, calls)), ...overrides },
    ...(log === undefined ? {} : { interceptors: { activity: [logActivities(log)] } }),
    maxCachedWorkflows: 600,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 60,
    maxConcurrentLocalActivityExecutions: 40,
    // The longest call to a provider may end before the process does; what has not ended by then is retried elsewhere.
    shutdownGraceTime: '20s',
    shutdownForceTime: '25s',
  })
}

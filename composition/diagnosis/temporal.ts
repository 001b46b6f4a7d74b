import { type Client, ScheduleNotFoundError } from '@temporalio/client'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'
import { age, type Finding, ok, warning, wrong } from './finding.ts'

/** Closed runs are kept at least this long, so that an operator still finds yesterday's. */
const RETENTION_MIN_MS = 86_400_000
/** The sweep runs every ten seconds. */
const SWEEP_LATE_MS = 120_000
const PATIENCE_MS = 5_000

export interface TemporalPlace {
  readonly client: Client
  readonly taskQueue: string
  readonly address: string
  readonly now: () => number
}

/** What Temporal says: is it there, is its namespace prepared, does anybody work, does the sweep run. */
export async function diagnoseTemporal({ client, taskQueue, address, now }: TemporalPlace): Promise<Finding[]> {
  const namespace = client.options.namespace
  const within = <T>(ask: () => Promise<T>): Promise<T> => client.withDeadline(now() + PATIENCE_MS, ask)
  try {
    const { serverVersion } = await within(() =>
      client.workflowService.getSystemInfo({}).then(() => client.workflowService.getClusterInfo({})),
    )
    return [
      ok('temporal', `Temporal ${serverVersion} answers at ${address}.`),
      ...(await Promise.all([
        looked('namespace', () => within(() => diagnoseNamespace(client, namespace))),
        looked('searchAttributes', () => within(() => diagnoseAttributes(client, namespace))),
        looked('workers', () => within(() => diagnoseWorkers(client, namespace, taskQueue))),
        looked('sweep', () => within(() => diagnoseSweep(client, taskQueue, now()))),
      ])),
    ]
  } catch (error) {
    return [
      wrong(
        'temporal',
        `Temporal does not answer at ${address} (${wordsOf(error)}).`,
        'Start it, or correct TEMPORAL_ADDRESS. Bills wait meanwhile; nothing is lost.',
      ),
    ]
  }
}

/** A question that Temporal refuses is a finding too: it may lack a right, or be of another version. */
async function looked(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    return wrong(
      check,
      `Temporal refused to say (${wordsOf(error)}).`,
      'See that the namespace in TEMPORAL_NAMESPACE is there and that Goji may read it.',
    )
  }
}

const wordsOf = (error: unknown): string => (error as { cause?: { details?: string } }).cause?.details ?? (error as Error).message

async function diagnoseNamespace(client: Client, namespace: string): Promise<Finding> {
  const { config } = await client.workflowService.describeNamespace({ namespace })
  const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000
  const found = `The namespace ${namespace} keeps closed runs for ${age(days)}.`
  return days >= RETENTION_MIN_MS
    ? ok('namespace', found)
    : warning('namespace', found, 'Set its retention to a few days: operators look at what ended. The books keep everything anyway.')
}

async function diagnoseAttributes(client: Client, namespace: string): Promise<Finding> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace })
  const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => customAttributes[name] === undefined)
  if (missing.length === 0) return ok('searchAttributes', `All ${Object.keys(SEARCH_ATTRIBUTES).length} search attributes are there.`)
  return wrong(
    'searchAttributes',
    `The namespace lacks ${missing.join(', ')}: no bill's run can go on.`,
    'Add them with their types in domain/search-attributes.ts: "temporal operator search-attribute create".',
  )
}

type Kind = NonNullable<Parameters<Client['workflowService']['describeTaskQueue']>[0]['taskQueueType']>
/** The two kinds of a task queue by the numbers of the protocol: of workflows and of activities. */
const KINDS = [1, 2] as unknown as readonly Kind[]

async function diagnoseWorkers(client: Client, namespace: string, taskQueue: string): Promise<Finding> {
  const [runs, activities] = await Promise.all(
    KINDS.map(async (taskQueueType) => {
      const { pollers } = await client.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType })
      return pollers.length
    }),
  )
  if (runs && activities)
    return ok('workers', `${runs} workers take bills' runs from the queue ${taskQueue}, ${activities} take activities.`)
  return wrong(
    'workers',
    `No worker takes tasks from the queue ${taskQueue}.`,
    'Start a worker, with the same GOJI_TASK_QUEUE as the API. Bills wait meanwhile; nothing is lost.',
  )
}

async function diagnoseSweep(client: Client, taskQueue: string, now: number): Promise<Finding> {
  const remedy = 'Start a worker with GOJI_SWEEP=on: it makes the schedule. Without it what was left behind stays so.'
  try {
    const { info, state } = await client.schedule.getHandle(`sweep:${taskQueue}`).describe()
    if (state.paused)
      return wrong(
        'sweep',
        `The schedule of the sweep is paused${state.note ? `: ${state.note}` : ''}.`,
        'Unpause it in Temporal: "temporal schedule toggle --unpause".',
      )
    const last = info.recentActions.at(-1)?.takenAt.getTime() ?? info.createdAt.getTime()
    const found = `The sweep ran ${age(now - last)} ago.`
    return now - last > SWEEP_LATE_MS
      ? wrong('sweep', found, 'See that a worker runs: the sweep is one of its workflows.')
      : ok('sweep', found)
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return wrong('sweep', 'There is no schedule of the sweep.', remedy)
    throw error
  }
}

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import { createWorker } from '../../workers/worker.ts'
import { eventually } from '../support/eventually.ts'
import { receiveSettlement } from '../support/money.ts'
import { violations } from '../support/violations.ts'
import { contentsOf } from './contents.ts'
import { plain, type SavedEvent } from './saved-histories.ts'
import { bill, delivered, heard, paid } from './steps.ts'
import { startWorld, type World } from './world.ts'

/** What a build could not go on from is tried again some seconds later, and waits longer each time. */
const NEXT_ATTEMPT_MS = 150_000
const LAST_WAIT = 'patch last-wait'

/** As while workers are replaced one after the other: both builds ask the same queue for tasks, and neither knows of the other. */
let world: World
let connection: NativeConnection
let later: Worker
let ended: Promise<void>

beforeAll(async () => {
  // An old worker may get a run that the later build began, and would say so.
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) }
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging } })
  const workflowsPath = fileURLToPath(new URL('./patched-workflows.ts', import.meta.url))
  const bundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
  // Bills come from the API: a worker's own first tasks would all go to itself.
  world = await startWorld({ besideWorker: false })
  const { root } = world.engine
  connection = await NativeConnection.connect({ address: root.config.TEMPORAL_ADDRESS })
  later = await createWorker(root, connection, bundle)
}, 240_000)
afterAll(async () => {
  if (later.getState() === 'RUNNING') later.shutdown()
  await ended
  await connection.close()
  await world.stop()
})

async function eventsOf(billId: string): Promise<SavedEvent[]> {
  const { events } = await world.engine.client.workflow.getHandle(bill(billId)).fetchHistory()
  return (events ?? []).map(plain)
}

const has = async (billId: string, patch: string): Promise<boolean> =>
  contentsOf({ name: '', kind: 'bill', history: { events: await eventsOf(billId) } }).includes(patch)

const failedTasks = async (billId: string): Promise<number> =>
  (await eventsOf(billId)).filter((event) => event['workflowTaskFailedEventAttributes'] !== undefined).length

/** The run's next task goes to whichever worker asks first, and not to the one that had it before. */
async function offerToBoth(billId: string): Promise<void> {
  const { client, root } = world.engine
  await client.workflowService.resetStickyTaskQueue({
    namespace: root.config.TEMPORAL_NAMESPACE,
    execution: { workflowId: bill(billId) },
  })
}

type Payment = Awaited<ReturnType<typeof paid>>

async function pay(billId: string): Promise<Payment> {
  await offerToBoth(billId)
  return paid(world, billId)
}

async function settle(billId: string, payment: Payment): Promise<void> {
  await offerToBoth(billId)
  const { engine } = world
  await engine.root.engine.postStatement(await receiveSettlement(engine.root, [payment]))
  await eventually(
    `the run of ${billId} has closed`,
    async () => ((await engine.client.workflow.getHandle(bill(billId)).describe()).status.name === 'COMPLETED' ? true : undefined),
    NEXT_ATTEMPT_MS,
  )
}

const begin = (count: number): Promise<string[]> => Promise.all(Array.from({ length: count }, () => delivered(world)))

it('bills go on and end once while workers of an old and of a new build take their tasks in turn', async () => {
  const begunOld: string[] = []
  const begunLater = new Map<string, Payment>()
  const endedBy = new Set<'old' | 'later'>()
  let next = await begin(4)
  ended = later.run()
  await eventually(
    'each build has begun bills, and has ended some that the old one began',
    async () => {
      await Promise.all(
        next.map(async (id) => {
          const isLater = await has(id, 'patch first-wait')
          const payment = await pay(id)
          if (isLater) return void begunLater.set(id, payment)
          await eventually('the run has heard of the payment', () => heard(world, id))
          await settle(id, payment)
          endedBy.add((await has(id, LAST_WAIT)) ? 'later' : 'old')
          begunOld.push(id)
        }),
      )
      if (endedBy.size === 2 && begunLater.size > 0) return true
      next = await begin(4)
      return undefined
    },
    NEXT_ATTEMPT_MS,
  )
  // What the old build began, either can go on from at every step. What the later one began waits for it, and for no longer
  // than until the old workers have ended.
  for (const id of begunOld) expect(await failedTasks(id)).toBe(0)
  await world.engine.stopWorker()
  await Promise.all([...begunLater].map(([id, payment]) => settle(id, payment)))

  const { root, client } = world.engine
  for (const id of [...begunOld, ...begunLater.keys()]) {
    const [row] = await root.sql<{ status: string }[]>`select status from bills where id = ${id}`
    expect(row?.status).toBe('settled')
    for await (const { status } of client.workflow.list({ query: `WorkflowId = "${bill(id)}"` })) expect(status.name).toBe('COMPLETED')
  }
  for (const id of begunLater.keys()) expect(await has(id, LAST_WAIT)).toBe(true)
  expect(await violations(root.config.DATABASE_URL, ['always', 'rest'])).toEqual([])
}, 400_000)

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, type WorkflowBundle } from '@temporalio/worker'
import { eventually } from '../support/eventually.ts'
import { violations } from '../support/violations.ts'
import { contentsOf } from './contents.ts'
import { plain, type SavedEvent } from './saved-histories.ts'
import { type Open, stages } from './stages.ts'
import { bill, delivered } from './steps.ts'
import { startWorld, type World } from './world.ts'

const bundle = (file: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL(file, import.meta.url)), logger: new DefaultLogger('ERROR') })

/** A worker of the present build leaves bills open wherever one can wait; a worker of another build takes its place. */
describe('open bills of one build', () => {
  let compatible: WorkflowBundle
  let incompatible: WorkflowBundle
  let world: World
  let open: Open[]

  beforeAll(async () => {
    // One of the builds is meant to fail, and would be told.
    const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) }
    Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging } })
    ;[compatible, incompatible] = await Promise.all([bundle('./patched-workflows.ts'), bundle('./changed-workflows.ts')])
    world = await startWorld()
  }, 240_000)
  beforeEach(async () => {
    await changeTo()
    open = []
    for (const stage of Object.values(stages)) open.push(await stage(world))
  }, 240_000)
  afterAll(() => world.stop())

  const changeTo = async (build?: WorkflowBundle): Promise<void> => {
    await world.engine.stopWorker()
    await world.engine.startWorker({}, build)
  }

  async function eventsOf(billId: string): Promise<SavedEvent[]> {
    const { events } = await world.engine.client.workflow.getHandle(bill(billId)).fetchHistory()
    return (events ?? []).map(plain)
  }

  async function patchesOf(billId: string): Promise<string[]> {
    const contents = contentsOf({ name: '', kind: 'bill', history: { events: await eventsOf(billId) } })
    return contents.filter((one) => one.startsWith('patch '))
  }

  /** The worker cannot go on from what this run has behind it. */
  const isBlocked = (billId: string): Promise<true> =>
    eventually(`the run of ${billId} is blocked`, async () =>
      (await eventsOf(billId)).some((event) => event['workflowTaskFailedEventAttributes'] !== undefined) ? true : undefined,
    )

  /** Every run has ended well, every bill once, and the books say the same as before. */
  async function endedOnce(): Promise<void> {
    const { client, root } = world.engine
    for (const { id, ends } of open) {
      await world.closed(bill(id))
      const [row] = await root.sql<{ status: string }[]>`select status from bills where id = ${id}`
      expect(row?.status).toBe(ends)
      for await (const { status } of client.workflow.list({ query: `WorkflowId = "${bill(id)}"` })) expect(status.name).toBe('COMPLETED')
    }
    const letters = world.letterbox.sent.map(({ request }) => request.key)
    expect(letters).toEqual([...new Set(letters)])
    expect(await root.sql`select bill_id from refunds where state <> 'succeeded'`).toEqual([])
    expect(await violations(root.config.DATABASE_URL, ['always', 'rest'])).toEqual([])
  }

  it('go on and end with a later one, whose patches hold where they have not been yet', async () => {
    await changeTo(compatible)
    await Promise.all(open.map(({ end }) => end()))
    await endedOnce()
    for (const { id } of open) expect(await patchesOf(id)).toEqual(['patch last-wait'])
    const id = await delivered(world)
    expect(await patchesOf(id)).toEqual(['patch first-wait'])
  }, 300_000)

  it('wait while the later one cannot go on from them, and end once after the way back', async () => {
    await changeTo(incompatible)
    await world.engine.root.engine.sweep(open.map(({ id }) => id))
    for (const { id } of open) await isBlocked(id)
    const begun = await world.issue({})
    await eventually('the later build has begun a bill', async () =>
      (await eventsOf(begun)).some((event) => event['timerStartedEventAttributes'] !== undefined) ? true : undefined,
    )
    await changeTo()
    await Promise.all(open.map(({ end }) => end()))
    // What the later build began is no history of the present one. Its run is given up, and another starts from the books.
    await world.engine.root.engine.sweep([begun])
    await isBlocked(begun)
    await world.engine.client.workflow.getHandle(bill(begun)).terminate('the way back to the build before')
    await world.engine.root.engine.sweep([begun])
    await world.engine.until(begun, 'delivered')
    await endedOnce()
  }, 300_000)
})

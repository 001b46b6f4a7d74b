import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type ScheduleHandle, ScheduleOverlapPolicy } from '@temporalio/client'
import type { Activities } from '../../activities/index.ts'
import type { Swept } from '../../activities/sweep.ts'
import type { Policy } from '../../domain/policy.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { readLog } from '../../store/log/read-log.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { ensureSweep } from '../../workers/sweep-schedule.ts'
import { eventually } from '../support/eventually.ts'
import { FakeChannel } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { capture, openPayment } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** Longer than a fact is left to whoever recorded it. */
const FACT_GRACE_MS = 6_000
/** A run is given this long past its own timer, and twice as long each time it is missed again. */
const WAKE_GRACE_MS = 60_000

/** Reminds twice, falls due and is handed back within seconds. */
const HURRIED: Policy = {
  ...quietPolicy,
  due: { from: 'issue', after: 'PT5S' },
  reminders: [
    { when: 'before', offset: 'PT2S' },
    { when: 'after', offset: 'PT1S' },
  ],
  handBackAfter: 'PT2S',
}
const LETTERS: Policy = { ...quietPolicy, chain: [{ channel: 'letterbox', wait: 'PT24H', until: 'delivered' }] }

/** The machine's clock, which a test stops at the time of its sweep. */
const clock: { stopped?: number; now(): number } = { now: () => clock.stopped ?? Date.now() }

/** Counts how often it was asked to give money back. */
class CountingGateway extends FakeGateway {
  readonly asked: string[] = []

  override refund(request: Parameters<FakeGateway['refund']>[0]): ReturnType<FakeGateway['refund']> {
    this.asked.push(request.key)
    return super.refund(request)
  }
}

describe('the sweep, as a schedule of Temporal', () => {
  const gateway = new CountingGateway()
  const letterbox = new FakeChannel('letterbox', 'delivers', clock)
  /** Bills that no run can read: each attempt fails. */
  const stuck = new Set<string>()
  const failing =
    <Input extends { billId: string }, Output>(activity: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      if (stuck.has(input.billId)) throw new Error('the bill cannot be read')
      return activity(input)
    }
  let engine: StartedEngine
  let schedule: ScheduleHandle
  let quiet: string

  beforeAll(async () => {
    const change = ({ look, takeStep }: Activities): Partial<Activities> => ({ look: failing(look), takeStep: failing(takeStep) })
    engine = await startTestEngine(gateway, { clock, channels: [letterbox], change })
    quiet = await engine.institution('Quiet', quietPolicy)
    schedule = engine.client.schedule.getHandle(`sweep:${engine.root.config.GOJI_TASK_QUEUE}`)
  }, 60_000)
  afterAll(async () => {
    stuck.clear()
    await schedule.delete()
    await engine.stop()
  })

  /** Has the schedule start one sweep now, with the clock stopped at `time`, and answers what it found. */
  async function sweep(time: number): Promise<Swept> {
    clock.stopped = time
    const { info } = await schedule.describe()
    await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE)
    const workflowId = await eventually('the schedule has started a sweep', async () => {
      const { numActionsTaken, recentActions } = (await schedule.describe()).info
      return numActionsTaken > info.numActionsTaken ? recentActions.at(-1)?.action.workflow.workflowId : undefined
    })
    const swept = (await engine.client.workflow.getHandle(workflowId).result()) as Swept
    delete clock.stopped
    return swept
  }

  const run = (billId: string) => engine.client.workflow.getHandle(`bill:${billId}`)
  const closed = (billId: string): Promise<void> =>
    eventually(`the run of ${billId} has closed`, async () =>
      (await run(billId).describe()).status.name === 'COMPLETED' ? true : undefined,
    ).then(() => undefined)
  const cancel = (billId: string): Promise<Wake[]> =>
    transaction(engine.root.sql, (tx) => cancelBill(tx, { billId, reason: 'Issued by mistake', actor: 'test' }, Date.now()))

  async function delivered(institutionId: string): Promise<string> {
    const billId = await engine.issue({ institutionId, citizen: 'somebody' })
    await engine.until(billId, 'delivered')
    return billId
  }

  async function signalsOf(billId: string): Promise<string[]> {
    const { events } = await run(billId).fetchHistory()
    return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? [])
  }

  /** What was done to the bill, in its order. */
  const story = async (billId: string): Promise<string[]> =>
    (await readLog(engine.root.sql, `bill:${billId}`)).map(({ action, body }) => {
      const { key } = JSON.parse(body) as { key?: string }
      return key === undefined ? action : `${action} ${key}`
    })

  async function wakeOf(billId: string): Promise<{ at: number; missed: number }> {
    const [row] = await engine.root.sql<
      { at: number; missed: number }[]
    >`select wake_at as at, wakes_missed as missed from bills where id = ${billId}`
    if (row === undefined) throw new Error(`bill ${billId} is missing`)
    return row
  }

  const inAMoment = (): number => Date.now() + FACT_GRACE_MS

  it('is one, however many workers ask for it at once', async () => {
    const { GOJI_TASK_QUEUE: taskQueue } = engine.root.config
    await Promise.all([1, 2, 3].map(() => ensureSweep(engine.client, taskQueue)))
    await ensureSweep(engine.client, taskQueue)
    const { spec, policies, action } = await schedule.describe()
    expect(spec.intervals?.map(({ every }) => every)).toEqual([10_000])
    expect(policies.overlap).toBe(ScheduleOverlapPolicy.SKIP)
    expect(action).toMatchObject({ workflowType: 'sweep', taskQueue })
  })

  it('relays by itself what was committed but never signalled', async () => {
    const billId = await delivered(quiet)
    await cancel(billId)
    clock.stopped = inAMoment()
    await closed(billId)
    delete clock.stopped
    expect(await signalsOf(billId)).toEqual(['cancelled'])
    // From here on a test says when it sweeps.
    await schedule.pause()
  })

  it('relays a fact once, and finds nothing after that', async () => {
    const billId = await delivered(quiet)
    const [wake] = await cancel(billId)
    expect(await sweep(Date.now())).toMatchObject({ facts: 0 })
    expect(await sweep(inAMoment())).toMatchObject({ facts: 1, bills: 0 })
    await closed(billId)
    const { runId, historyLength } = await run(billId).describe()
    expect(await sweep(inAMoment())).toMatchObject({ facts: 0, bills: 0 })
    // Whoever recorded it was only slow, and signals it after all: no run is opened for what has been read.
    await engine.root.engine.wake(wake === undefined ? [] : [wake])
    expect(await run(billId).describe()).toMatchObject({ runId, historyLength })
    expect(await story(billId)).toEqual(['received', 'issue', 'sending notice:inbox', 'delivered notice:inbox', 'cancelled'])
  })

  it('does nothing twice where a fact is signalled and swept at the same time', async () => {
    const bills = await Promise.all(Array.from({ length: 10 }, () => delivered(quiet)))
    const wakes: Wake[] = []
    for (const billId of bills) {
      const payment = await openPayment(engine.root, billId)
      await engine.root.engine.wake(await cancel(billId))
      wakes.push(...(await capture(engine.root, payment)))
    }
    expect(wakes.map(({ kind }) => kind)).toEqual(bills.map(() => 'refundRequested'))
    await Promise.all([sweep(inAMoment()), engine.root.engine.wake(wakes), engine.root.engine.wake(wakes)])
    await Promise.all(bills.map(closed))
    const refunds = await engine.root.sql<
      { id: string; state: string }[]
    >`select id, state from refunds where bill_id = any(${bills}) order by id`
    expect(refunds.map(({ state }) => state)).toEqual(bills.map(() => 'succeeded'))
    expect(gateway.asked.toSorted()).toEqual(refunds.map(({ id }) => id))
  })

  it('starts a bill whose run was lost before it ever started', async () => {
    const billId = await engine.issue({ institutionId: quiet, citizen: 'somebody', start: false })
    expect(await sweep(inAMoment())).toMatchObject({ facts: 1 })
    await engine.until(billId, 'delivered')
    expect(await signalsOf(billId)).toEqual([])
    expect(await story(billId)).toEqual(['received', 'issue', 'sending notice:inbox', 'delivered notice:inbox'])
  })

  it('lets a bill go on whose run was ended by hand, with each step once', async () => {
    const billId = await delivered(await engine.institution('Hurried', HURRIED))
    await run(billId).terminate('by hand')
    expect(await sweep(Date.now())).toMatchObject({ facts: 0, bills: 0 })
    expect(await sweep((await wakeOf(billId)).at + WAKE_GRACE_MS + 1)).toMatchObject({ facts: 0, bills: 1 })
    await engine.until(billId, 'handedBack')
    await closed(billId)
    expect(await signalsOf(billId)).toEqual(['swept'])
    const steps = ['issue', 'sending notice:inbox', 'delivered notice:inbox', 'sending reminder:1', 'delivered reminder:1', 'fallDue']
    expect(await story(billId)).toEqual(['received', ...steps, 'sending reminder:2', 'delivered reminder:2', 'handBack'])
  })

  it('takes up the same delivery where the run was ended between two attempts', async () => {
    letterbox.behaviour = 'busy'
    const billId = await engine.issue({ institutionId: await engine.institution('Letters', LETTERS), citizen: 'somebody' })
    await eventually('the channel was tried', async () => (letterbox.attempts > 0 ? true : undefined))
    await run(billId).terminate('by hand')
    letterbox.behaviour = 'delivers'
    expect(await sweep((await wakeOf(billId)).at + WAKE_GRACE_MS + 1)).toMatchObject({ bills: 1 })
    await engine.until(billId, 'delivered')
    const deliveries = await engine.root.sql<{ id: string }[]>`select id from deliveries where bill_id = ${billId}`
    expect(letterbox.sent.map(({ request: { key } }) => key)).toEqual(deliveries.map(({ id }) => id))
  })

  it('comes back less and less often to a bill that cannot move, and holds up no other for it', async () => {
    const [immovable, other] = await Promise.all([delivered(quiet), delivered(quiet)])
    await Promise.all([immovable, other].map((billId) => run(billId).terminate('by hand')))
    stuck.add(immovable)
    const missedAt = async (past: number): Promise<number> => {
      await sweep((await wakeOf(immovable)).at + past)
      return (await wakeOf(immovable)).missed
    }
    expect(await missedAt(WAKE_GRACE_MS + 1)).toBe(1)
    await eventually('the other bill was read', async () => ((await wakeOf(other)).missed === 0 ? true : undefined))
    expect(await signalsOf(other)).toEqual(['swept'])
    expect(await missedAt(2 * WAKE_GRACE_MS)).toBe(1)
    expect(await missedAt(2 * WAKE_GRACE_MS + 1)).toBe(2)
    expect(await missedAt(4 * WAKE_GRACE_MS)).toBe(2)
    expect(await missedAt(4 * WAKE_GRACE_MS + 1)).toBe(3)
    stuck.clear()
    await eventually('the bill was read', async () => ((await wakeOf(immovable)).missed === 0 ? true : undefined))
  })
})

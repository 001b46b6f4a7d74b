import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { bundleWorkflows } from '../../workers/worker.ts'
import { CITIZEN } from './citizen.ts'
import { type SavedHistory, savedHistories, textsIn, toldEvents } from './saved-histories.ts'

const saved = savedHistories()

/** Replays histories one after the other and answers those that the workflows cannot go on from. */
async function replay(workflowBundle: WorkflowBundle, histories: readonly SavedHistory[]): Promise<{ name: string; error: Error }[]> {
  const failures: { name: string; error: Error }[] = []
  const named = histories.map(({ name, history }) => ({ workflowId: name, history }))
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, named as never)) {
    if (error) failures.push({ name: workflowId, error })
  }
  return failures
}

describe('the saved histories', () => {
  let bundle: WorkflowBundle

  beforeAll(async () => {
    // The changed workflows below are meant to fail, and would be told as errors.
    const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) }
    Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging } })
    bundle = await bundleWorkflows()
  }, 60_000)

  it('can all be gone on from by the workflows as they are now', async () => {
    expect(await replay(bundle, saved)).toEqual([])
  }, 60_000)

  it('find a workflow that takes another step than it did', async () => {
    const changed = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./changed-workflows.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    })
    const bills = saved.filter(({ kind }) => kind === 'bill')
    const failures = await replay(changed, bills)
    expect(failures.map(({ name }) => name)).toEqual(bills.map(({ name }) => name))
    for (const { error } of failures) expect(error).toBeInstanceOf(DeterminismViolationError)
  }, 60_000)

  it('find a single event that the workflow would not have caused', async () => {
    const altered = structuredClone(saved.find(({ name }) => name === 'checkout-paid.checkout')) as SavedHistory
    for (const event of altered.history.events) {
      const scheduled = event['activityTaskScheduledEventAttributes'] as { activityType: { name: string } } | undefined
      if (scheduled?.activityType.name === 'collect') scheduled.activityType.name = 'closeSession'
    }
    const [failure] = await replay(bundle, [altered])
    expect(failure?.error).toBeInstanceOf(DeterminismViolationError)
  })

  it('tell an operator what every activity, timer and reading is for', () => {
    const told = saved.flatMap(({ name, history }) => toldEvents(history.events).map((event) => ({ name, ...event })))
    expect(told.filter(({ summary }) => summary.trim() === '')).toEqual([])
    for (const kind of ['activityTaskScheduledEventAttributes', 'timerStartedEventAttributes', 'markerRecordedEventAttributes'] as const) {
      const histories = new Set(told.filter((event) => event.kind === kind).map(({ name }) => name))
      expect({ kind, enough: histories.size > 10 }).toEqual({ kind, enough: true })
    }
  })

  it.each(Object.entries(CITIZEN))('hold nowhere a citizen’s %s', (_name, value) => {
    const holding = saved.filter(({ history }) => textsIn(history).some((text) => text.includes(value)))
    expect(holding.map(({ name }) => name)).toEqual([])
  })

  it('would show it, in clear or in a payload, if one did', () => {
    const data = Buffer.from(JSON.stringify({ name: CITIZEN.name })).toString('base64')
    const texts = textsIn({ events: [{ input: { payloads: [{ data }] } }, { failure: { message: `no ${CITIZEN.address}` } }] })
    for (const value of [CITIZEN.name, CITIZEN.address]) expect(texts.some((text) => text.includes(value))).toBe(true)
  })
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Health } from '../../composition/diagnosis/finding.ts'
import { diagnose } from '../../composition/diagnosis/diagnose.ts'
import { diagnoseTemporal } from '../../composition/diagnosis/temporal.ts'
import { ensureSweep } from '../../workers/sweep-schedule.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { describeIf } from '../support/skip.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))

describeIf(missing === null, missing ?? '')('the diagnosis of a running engine', () => {
  let engine: StartedEngine

  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway())
  }, 60_000)
  afterAll(async () => {
    const { client, root } = engine
    await client.schedule
      .getHandle(`sweep:${root.config.GOJI_TASK_QUEUE}`)
      .delete()
      .catch(() => undefined)
    await engine.stop()
  })

  const look = async (): Promise<ReadonlyMap<string, { health: Health; found: string }>> =>
    new Map((await diagnose(engine.root)).map((finding) => [finding.check, finding]))
  const healths = async (...checks: readonly string[]): Promise<(Health | undefined)[]> => {
    const found = await look()
    return checks.map((check) => found.get(check)?.health)
  }

  it('finds Temporal, its namespace and the workers well, and a sweep that is not there', async () => {
    await eventually('the worker polls', async () => ((await healths('workers'))[0] === 'ok' ? true : undefined))
    expect(await healths('database', 'temporal', 'namespace', 'searchAttributes', 'clocks', 'ledger', 'invariants')).toEqual(
      Array(7).fill('ok'),
    )
    expect((await look()).get('sweep')).toMatchObject({ health: 'wrong', found: 'There is no schedule of the sweep.' })
  })

  it('finds the sweep once a worker has made it, and says when it is paused', async () => {
    const { client, root } = engine
    await ensureSweep(client, root.config.GOJI_TASK_QUEUE)
    expect(await healths('sweep')).toEqual(['ok'])
    await client.schedule.getHandle(`sweep:${root.config.GOJI_TASK_QUEUE}`).pause('for the test')
    expect((await look()).get('sweep')).toMatchObject({ health: 'wrong', found: 'The schedule of the sweep is paused: for the test.' })
  })

  it('says that nobody works, that a namespace is not there and that Temporal is away', async () => {
    const { client, root } = engine
    const place = { client, address: root.config.TEMPORAL_ADDRESS, now: root.clock.now }
    const idle = await diagnoseTemporal({ ...place, taskQueue: 'nobody-works-here' })
    expect(idle.find(({ check }) => check === 'workers')).toMatchObject({
      health: 'wrong',
      found: 'No worker takes tasks from the queue nobody-works-here.',
    })
    const { Client, Connection } = await import('@temporalio/client')
    const elsewhere = new Client({ connection: client.connection, namespace: 'nowhere' })
    const findings = await diagnoseTemporal({ ...place, client: elsewhere, taskQueue: root.config.GOJI_TASK_QUEUE })
    expect(findings.find(({ check }) => check === 'namespace')).toMatchObject({ health: 'wrong' })
    const connection = Connection.lazy({ address: '127.0.0.1:9' })
    const away = await diagnoseTemporal({ ...place, address: '127.0.0.1:9', client: new Client({ connection }), taskQueue: 'x' })
    await connection.close()
    expect(away).toMatchObject([
      { check: 'temporal', health: 'wrong', remedy: expect.stringContaining('TEMPORAL_ADDRESS') as unknown as string },
    ])
  })
})

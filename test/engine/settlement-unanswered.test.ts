import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../domain/errors.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A gateway that cannot be asked for its files, for as long as the bill waits for its settlement. */
describe('a gateway that does not answer for its settlement', () => {
  const gateway = new FakeGateway()
  gateway.settlementFiles = () => Promise.reject(new ProviderError('permanent', 'files_unavailable', 'no files today'))
  let engine: StartedEngine

  beforeAll(async () => {
    engine = await startTestEngine(gateway)
  })
  afterAll(() => engine.stop())

  it('is asked as often as the policy says and no oftener, then a person looks, and a late file settles the bill', async () => {
    const { root, client } = engine
    const settlement = { within: 'PT1S', askEvery: 'PT1S', exceptionAfter: 'PT4S' } as const
    const institutionId = await engine.institution('Silent', { ...quietPolicy, settlement })
    const billId = await engine.issue({ institutionId, citizen: 'a paid citizen' })
    await engine.until(billId, 'delivered')
    const { wakes, ...payment } = await pay(root, billId)
    await root.engine.wake(wakes)
    await eventually('a person is asked', async () => {
      const [row] = await root.sql<{ exception_open: boolean }[]>`select exception_open from bills where id = ${billId}`
      return row?.exception_open ? true : undefined
    })
    const { events } = await client.workflow.getHandle(`bill:${billId}`).fetchHistory()
    const asked = (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'askSettlement')
    expect(asked).toHaveLength(3)
    const log = await root.sql<{ action: string }[]>`select action from log where subject = ${`bill:${billId}`} order by seq`
    expect(log.map(({ action }) => action).slice(-4)).toEqual([
      'settlementUnanswered',
      'settlementUnanswered',
      'settlementUnanswered',
      'openException',
    ])

    await root.engine.postStatement(await receiveSettlement(root, [payment]))
    await engine.until(billId, 'settled')
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { capture, openPayment, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** The worker died after the gateway had taken the money, and the gateway's file was faster than whoever went on. */
describe('a settlement file that comes before its payment is recorded', () => {
  let engine: StartedEngine
  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway())
  }, 60_000)
  afterAll(() => engine.stop())

  it('settles the bill all the same, with no other file to come', async () => {
    const { root } = engine
    const settlement = { within: 'PT1S', askEvery: 'PT1S', exceptionAfter: 'PT1H' } as const
    const institutionId = await engine.institution('Early', { ...quietPolicy, settlement })
    const billId = await engine.issue({ institutionId, citizen: 'somebody' })
    await engine.until(billId, 'delivered')
    const payment = await openPayment(root, billId)
    await root.engine.postStatement(await receiveSettlement(root, [payment]))
    await eventually('nobody can place the line', async () => {
      const [line] = await root.sql`select id from statement_lines where state = 'exception' and reason = 'paymentUnknown'`
      return line
    })
    await root.engine.wake(await capture(root, payment))
    await engine.until(billId, 'settled')
    expect(await root.sql`select outcome from exceptions`).toEqual([{ outcome: 'matched' }])
  })
})

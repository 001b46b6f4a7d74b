import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCheckout } from '../../composition/start-checkout.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A gateway that took the right amount and tells another one: the books must not believe what was garbled on its way. */
describe('an amount that was garbled in the answer to a capture', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine
  beforeAll(async () => {
    gateway = await startGatewayHarness()
    engine = await startTestEngine(gateway.gateway)
  }, 60_000)
  afterAll(async () => {
    await engine.stop()
    await gateway.stop()
  })

  it('is asked about again, and what was taken is booked', async () => {
    const { root } = engine
    const billId = await engine.issue({ institutionId: await engine.institution('Garbled', quietPolicy), citizen: 'somebody' })
    await engine.until(billId, 'delivered')
    const order = {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      gateway: gateway.gateway.name,
      language: 'ko',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    const { checkoutId } = await startCheckout(root, order)
    await gateway.driver.fault(checkoutId, 'capture', 'wrongAmount')
    await gateway.driver.authorize(checkoutId, 'card')
    await root.engine.reportCheckout(checkoutId)
    await engine.until(billId, 'paid')
    expect((await root.sql<{ minor: bigint }[]>`select amount_minor as minor from payments`).map(({ minor }) => minor)).toEqual([1_000n])
    expect(await root.sql`select id from exceptions`).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCheckout } from '../../composition/start-checkout.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { eventually } from '../support/eventually.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/**
 * Golden scenario 6: the worker is killed between the gateway's capture and our record of it. The gateway holds its
 * answer back after the capture, so the kill falls into that gap every time.
 */
describe('a worker killed between capture and record', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine

  beforeAll(async () => {
    gateway = await startGatewayHarness()
    engine = await startTestEngine(gateway.gateway)
    await engine.stopWorker()
  }, 60_000)
  afterAll(async () => {
    await engine.stop()
    await gateway.stop()
  })

  it('leaves one capture and one record', async () => {
    const { root } = engine
    const { DATABASE_URL, GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_GATEWAY, GOJI_TASK_QUEUE, TEMPORAL_ADDRESS } = root.config
    const environment = {
      DATABASE_URL,
      GOJI_PEPPER,
      GOJI_LINK_SECRET,
      GOJI_GATEWAY,
      GOJI_TASK_QUEUE,
      TEMPORAL_ADDRESS,
      GOJI_SWEEP: 'off',
      GOJI_LOG_LEVEL: 'warn',
      ...gateway.settings,
    }
    const first = await startWorkerProcess(environment)
    const billId = await engine.issue({ institutionId: await engine.institution('Crash', quietPolicy), citizen: 'somebody' })
    await engine.until(billId, 'delivered')
    const order = {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      gateway: gateway.gateway.name,
      language: 'en',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    const { checkoutId } = await startCheckout(root, order)

    await gateway.driver.fault(checkoutId, 'capture', 'hangAfterEffect')
    await gateway.driver.authorize(checkoutId, 'card')
    await root.engine.reportCheckout(checkoutId)
    await eventually('the gateway has captured', async () => ((await gateway.driver.journal()).length > 0 ? true : undefined))
    await first.kill()
    const recorded = async (): Promise<number> => (await root.sql`select id from payments`).length
    expect(await recorded()).toBe(0)

    const second = await startWorkerProcess(environment)
    await engine.until(billId, 'paid')
    await second.stop()
    expect(await recorded()).toBe(1)
    expect((await gateway.driver.journal()).map(({ op, key, minor }) => [op, key, minor])).toEqual([['capture', checkoutId, 1_000n]])
  }, 120_000)
})

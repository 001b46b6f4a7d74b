import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Activities } from '../../activities/index.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { unappliedOf } from '../../store/facts/unapplied-of.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { eventually } from '../support/eventually.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A payment page for what is no longer due is ended at the gateway at once, whatever dies in between. */
describe('an open payment page', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine
  let city: string
  /** What happens to the next calls that end a page, once each. */
  const faults: (() => Promise<void>)[] = []
  let people = 0

  beforeAll(async () => {
    gateway = await startGatewayHarness()
    const change = ({ stopCheckout }: Activities): Partial<Activities> => ({
      stopCheckout: async (input) => {
        const answer = await stopCheckout(input)
        await faults.shift()?.()
        return answer
      },
    })
    engine = await startTestEngine(gateway.gateway, { change })
    city = await engine.institution('City', quietPolicy)
  }, 60_000)
  afterEach(() => expect(faults).toEqual([]))
  afterAll(async () => {
    await engine.stop()
    await gateway.stop()
  })

  const served = async (count: number): Promise<string[]> => {
    const citizen = `citizen ${++people}`
    const bills = await Promise.all(Array.from({ length: count }, (_, index) => engine.issue({ institutionId: city, citizen, index })))
    await Promise.all(bills.map((billId) => engine.until(billId, 'delivered')))
    return bills
  }
  const payFor = async (billIds: readonly string[]): Promise<string> => {
    const order = {
      citizenId: await engine.citizenOf(billIds[0] ?? ''),
      billIds,
      gateway: gateway.gateway.name,
      language: 'ko',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    return (await startCheckout(engine.root, order)).checkoutId
  }
  const ended = (checkoutId: string): Promise<{ state: string; stopped_because: string | null }> =>
    eventually(`checkout ${checkoutId} has ended`, async () => {
      const [row] = await engine.root.sql<
        { state: string; stopped_because: string | null }[]
      >`select state, stopped_because from checkouts where id = ${checkoutId} and ended_at is not null`
      return row
    })
  const cancel = (billId: string): Promise<Wake[]> =>
    transaction(engine.root.sql, (tx) => cancelBill(tx, { billId, reason: 'a mistake', actor: 'test' }, engine.root.clock.now()))
  const free = (billId: string): Promise<unknown> =>
    eventually(`bill ${billId} is free`, async () => {
      const [row] = await engine.root.sql`select 1 from bills where id = ${billId} and checkout_id is null`
      return row
    })
  const closed = (billId: string): Promise<unknown> => engine.client.workflow.getHandle(`bill:${billId}`).result()

  it('is ended when one of its bills is cancelled, and the others may be paid anew', async () => {
    const [one = '', other = ''] = await served(2)
    const checkoutId = await payFor([one, other])
    await engine.root.engine.wake(await cancel(one))
    expect(await ended(checkoutId)).toEqual({ state: 'cancelled', stopped_because: 'billClosed' })
    expect(await gateway.driver.authorize(checkoutId, 'card')).toBe(false)
    await closed(one)
    await free(other)
    const again = await payFor([other])
    expect(await gateway.driver.authorize(again, 'card')).toBe(true)
    await engine.root.engine.reportCheckout(again)
    await engine.until(other, 'paid')
  }, 60_000)

  it('is ended when its amount is amended, and the next one asks for the new amount', async () => {
    const [billId = ''] = await served(1)
    const checkoutId = await payFor([billId])
    const order = { billId, reason: 'a mistake', actor: 'test', amount: { minor: 700n, currency: 'KRW' } } as const
    await engine.root.engine.wake(await transaction(engine.root.sql, (tx) => amendBill(tx, order, engine.root.clock.now())))
    expect(await ended(checkoutId)).toEqual({ state: 'cancelled', stopped_because: 'billAmended' })
    await free(billId)
    const again = await payFor([billId])
    const [row] = await engine.root.sql`select amount_minor from checkouts where id = ${again}`
    expect(row).toEqual({ amount_minor: 700n })
    // Served again too, though a payment page was open.
    await eventually('the notice is served again', async () => {
      const [found] = await engine.root
        .sql`select 1 from deliveries where bill_id = ${billId} and key = 'notice:inbox:2' and state = 'delivered'`
      return found
    })
  }, 60_000)

  it('is ended although nobody told the run: the fact waits for the sweep', async () => {
    const [billId = ''] = await served(1)
    const checkoutId = await payFor([billId])
    await cancel(billId)
    const left = await unappliedOf(engine.root.sql, [billId])
    expect(left).toMatchObject([{ kind: 'cancelled' }])
    await engine.root.engine.wake(left)
    expect(await ended(checkoutId)).toMatchObject({ state: 'cancelled' })
    await closed(billId)
  }, 60_000)

  it('is ended once, when the worker dies between the gateway’s answer and ours', async () => {
    const [billId = ''] = await served(1)
    const checkoutId = await payFor([billId])
    faults.push(() => Promise.reject(new Error('the worker died')))
    await engine.root.engine.wake(await cancel(billId))
    expect(await ended(checkoutId)).toMatchObject({ state: 'cancelled' })
    await closed(billId)
    const [bill] = await engine.root.sql`select status, stage from bills where id = ${billId}`
    expect(bill).toEqual({ status: 'cancelled', stage: 'closed' })
  }, 60_000)

  it('is waited for while the gateway does not answer', async () => {
    const [billId = ''] = await served(1)
    const checkoutId = await payFor([billId])
    for (const call of ['payment', 'cancel'] as const) await gateway.driver.fault(checkoutId, call, 'errorBefore')
    await engine.root.engine.wake(await cancel(billId))
    expect(await ended(checkoutId)).toMatchObject({ state: 'cancelled' })
    await closed(billId)
  }, 60_000)
})

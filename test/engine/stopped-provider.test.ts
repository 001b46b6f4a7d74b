import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startCheckout } from '../../composition/start-checkout.ts'
import { ProviderError } from '../../domain/errors.ts'
import type { RefundReport } from '../../domain/ports/gateway.ts'
import { closeDelivery } from '../../store/commands/close-delivery.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { resumeProvider, stopProvider } from '../../store/providers/switch-provider.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { FakeChannel } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A channel that an operator stops, and the next of the chain, which is never to be used for that reason. */
const first = new FakeChannel('first', 'delivers', { now: () => Date.now() })
const next = new FakeChannel('next', 'delivers', { now: () => Date.now() })

/** A gateway whose answer to a refund may get lost after the refund was made, and whose session may not come about. */
class Gateway extends FakeGateway {
  answersLost = 0
  override async refund(request: Parameters<FakeGateway['refund']>[0]): Promise<RefundReport> {
    const report = await super.refund(request)
    if (this.answersLost-- > 0) throw new ProviderError('unknown', 'no_answer', 'the answer was lost')
    return report
  }
}

describe('a provider that an operator has stopped', () => {
  const gateway = new Gateway()
  let engine: StartedEngine
  let city: string
  let chained: string
  let people = 0

  beforeAll(async () => {
    engine = await startTestEngine(gateway, { channels: [first, next] })
    city = await engine.institution('City', quietPolicy)
    const wait = { wait: 'PT1H', until: 'delivered' } as const
    chained = await engine.institution('Chained', {
      ...quietPolicy,
      chain: [
        { channel: 'first', ...wait },
        { channel: 'next', ...wait },
      ],
    })
  }, 180_000)
  afterEach(async () => {
    for (const [kind, name] of [['channel', 'first'] as const, ['gateway', 'fake'] as const]) await resume(kind, name)
    first.behaviour = 'delivers'
    gateway.answersLost = 0
  })
  afterAll(() => engine.stop())

  const order = (kind: 'channel' | 'gateway', name: string) => ({ kind, name, reason: 'Because of a test', actor: 'test' })
  const stop = (kind: 'channel' | 'gateway', name: string): Promise<void> =>
    transaction(engine.root.sql, (tx) => stopProvider(tx, order(kind, name), engine.root.clock.now()))
  const resume = (kind: 'channel' | 'gateway', name: string): Promise<void> =>
    transaction(engine.root.sql, (tx) => resumeProvider(tx, order(kind, name), engine.root.clock.now()))
  const served = (): Promise<string> =>
    engine.issue({
      institutionId: chained,
      citizen: `citizen ${++people}`,
      contacts: ['first', 'next'].map((channel) => ({ channel, address: `${channel}-${people}` })),
    })
  const sentTo = (channel: FakeChannel): number =>
    channel.sent.filter(({ request }) => request.address === `${channel.name}-${people}`).length

  /** What an operator reads beside an activity that waits. */
  const lastFailure = (workflowId: string, of: string): Promise<string> =>
    eventually(`${of} of ${workflowId} waits`, async () => {
      const { raw } = await engine.client.workflow.getHandle(workflowId).describe()
      const waiting = raw.pendingActivities?.find(({ activityType }) => activityType?.name === of)
      return waiting?.lastFailure?.message ?? undefined
    })
  const checkoutOf = async (billId: string): Promise<string> => {
    const input = {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      gateway: 'fake',
      language: 'en',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    return (await startCheckout(engine.root, input)).checkoutId
  }
  const paid = async (): Promise<string> => {
    const billId = await engine.issue({ institutionId: city, citizen: `citizen ${++people}` })
    await engine.until(billId, 'delivered')
    const checkoutId = await checkoutOf(billId)
    gateway.authorize(checkoutId)
    await engine.root.engine.reportCheckout(checkoutId)
    await engine.until(billId, 'paid')
    return billId
  }
  const giveBack = async (billId: string): Promise<string> => {
    const expected = { minor: 1_000n, currency: 'KRW' } as const
    const asked = { billId, expected, cancelCharge: true, note: 'A mistake', actor: 'test' }
    const { wakes, refundIds } = await transaction(engine.root.sql, (tx) => refundBill(tx, asked, engine.root.clock.now()))
    await engine.root.engine.wake(wakes)
    return refundIds[0] ?? ''
  }
  const refundState = async (refundId: string): Promise<string> =>
    (await engine.root.sql<{ state: string }[]>`select state from refunds where id = ${refundId}`)[0]?.state ?? 'none'

  it('makes sends wait, in words that an operator reads, and they go on by themselves', async () => {
    await stop('channel', 'first')
    const billId = await served()
    expect(await lastFailure(`bill:${billId}`, 'sendNotice')).toBe(
      'An operator has stopped channel:first. It goes on after: goji providers resume channel:first',
    )
    expect([sentTo(first), sentTo(next)]).toEqual([0, 0])
    // Nothing is recorded of what was not tried, so no wait of the chain has begun.
    expect(await engine.root.sql`select 1 from deliveries where bill_id = ${billId}`).toHaveLength(0)
    await resume('channel', 'first')
    await engine.until(billId, 'delivered')
    expect([sentTo(first), sentTo(next)]).toEqual([1, 0])
  }, 180_000)

  it('lets a bill that is cancelled meanwhile end without a send', async () => {
    await stop('channel', 'first')
    const billId = await served()
    await lastFailure(`bill:${billId}`, 'sendNotice')
    const cancelled = { billId, reason: 'A mistake', actor: 'test' }
    await engine.root.engine.wake(await transaction(engine.root.sql, (tx) => cancelBill(tx, cancelled, engine.root.clock.now())))
    await engine.client.workflow.getHandle(`bill:${billId}`).result()
    expect([sentTo(first), sentTo(next)]).toEqual([0, 0])
  }, 180_000)

  it('gives up neither the channel nor the notice when the attempts are used up', async () => {
    first.behaviour = 'busy'
    const billId = await served()
    await lastFailure(`bill:${billId}`, 'sendNotice')
    await stop('channel', 'first')
    // What the run does when its twelve attempts are over.
    await transaction(engine.root.sql, (tx) => closeDelivery(tx, billId, 'notice:first', 'fail', engine.root.clock.now()))
    expect(await engine.root.sql`select state from deliveries where bill_id = ${billId}`).toEqual([{ state: 'sending' }])
    first.behaviour = 'delivers'
    await resume('channel', 'first')
    await engine.until(billId, 'delivered')
    expect([sentTo(first), sentTo(next)]).toEqual([1, 0])
  }, 180_000)

  it('begins no checkout, and finishes those that it has', async () => {
    const billId = await engine.issue({ institutionId: city, citizen: `citizen ${++people}` })
    await engine.until(billId, 'delivered')
    const checkoutId = await checkoutOf(billId)
    await stop('gateway', 'fake')
    await expect(checkoutOf(billId)).rejects.toMatchObject({ code: 'provider_stopped' })
    gateway.authorize(checkoutId)
    await engine.root.engine.reportCheckout(checkoutId)
    await engine.until(billId, 'paid')
    expect(gateway.captures.filter((key) => key === checkoutId)).toHaveLength(1)
  }, 180_000)

  it('makes refunds wait, unsubmitted, and they go on by themselves', async () => {
    const billId = await paid()
    await stop('gateway', 'fake')
    const refundId = await giveBack(billId)
    expect(await lastFailure(`bill:${billId}`, 'sendRefund')).toContain('An operator has stopped gateway:fake.')
    expect(await refundState(refundId)).toBe('requested')
    expect(gateway.refunds.size).toBe(0)
    await resume('gateway', 'fake')
    await eventually('the refund is done', async () => ((await refundState(refundId)) === 'succeeded' ? true : undefined))
    expect([...gateway.refunds.keys()]).toEqual([refundId])
  }, 180_000)

  it('is asked about a refund whose answer was lost, also while it is stopped', async () => {
    const before = gateway.refunds.size
    const billId = await paid()
    gateway.answersLost = 1
    const refundId = await giveBack(billId)
    await eventually('the gateway has made the refund', async () => (gateway.refunds.size > before ? true : undefined))
    await stop('gateway', 'fake')
    await eventually('the refund is recorded', async () => ((await refundState(refundId)) === 'succeeded' ? true : undefined))
    expect(gateway.refunds.size).toBe(before + 1)
  }, 180_000)
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DAY_MS } from '../../domain/duration.ts'
import type { Policy } from '../../domain/policy.ts'
import { resumeProvider, stopProvider } from '../../store/providers/switch-provider.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { FakeChannel, useChannels } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { reasonNoVirtualTime, startVirtualEngine, type VirtualEngine } from '../support/virtual-time.ts'

const ISSUED = Date.parse('2060-01-29T10:00:00+09:00')
const POLICY: Policy = {
  ...quietPolicy,
  chain: [
    { channel: 'talk', wait: 'PT24H', until: 'delivered' },
    { channel: 'text', wait: 'PT24H', until: 'delivered' },
  ],
}

const missing = reasonNoVirtualTime()

/** Longer than every attempt of one activity, and than the channel's wait in the chain. */
describeIf(missing === null, missing ?? '')('a channel that is stopped for days', () => {
  let engine: VirtualEngine
  let talk: FakeChannel
  let text: FakeChannel

  beforeAll(async () => {
    engine = await startVirtualEngine(new FakeGateway())
    talk = new FakeChannel('talk', 'delivers', engine.root.clock)
    text = new FakeChannel('text', 'delivers', engine.root.clock)
    useChannels(engine.root.adapters, [talk, text])
    await engine.goTo(ISSUED)
    await engine.startWorker()
  }, 300_000)
  afterAll(() => engine.stop())

  it('gets the notice when it is resumed, once, and no other channel does', async () => {
    const { sql, clock } = engine.root
    const order = { kind: 'channel', name: 'talk', reason: 'Being changed', actor: 'test' } as const
    await transaction(sql, (tx) => stopProvider(tx, order, clock.now()))
    const city = await engine.institution('City', POLICY)
    const contacts = ['talk', 'text'].map((channel) => ({ channel, address: `${channel}:1` }))
    const billId = await engine.issue({ institutionId: city, citizen: 'somebody', contacts })
    await engine.goTo(ISSUED + 3 * DAY_MS)
    expect([talk.attempts, text.attempts]).toEqual([0, 0])
    const { events } = await engine.client.workflow.getHandle(`bill:${billId}`).fetchHistory()
    const given = (events ?? []).filter(({ activityTaskFailedEventAttributes: failed }) => failed !== null && failed !== undefined).length
    expect(given).toBeGreaterThan(10)
    expect(events?.length).toBeLessThan(1_500)

    await transaction(sql, (tx) => resumeProvider(tx, { ...order, reason: 'Changed' }, clock.now()))
    await engine.goTo(clock.now() + 15 * 60_000)
    await engine.until(billId, 'delivered')
    expect([talk.attempts, text.attempts]).toEqual([1, 0])
    const [delivery] = await sql<
      { attempts: number; attempted_at: number }[]
    >`select attempts, attempted_at from deliveries where bill_id = ${billId}`
    expect(delivery?.attempts).toBe(1)
    expect((delivery?.attempted_at ?? 0) - (ISSUED + 3 * DAY_MS)).toBeLessThanOrEqual(10 * 60_000 + 1_000)
  }, 300_000)
})

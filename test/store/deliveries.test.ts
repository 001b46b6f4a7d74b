import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Policy } from '../../domain/policy.ts'
import { type BegunDelivery, beginDelivery } from '../../store/commands/begin-delivery.ts'
import { closeDelivery } from '../../store/commands/close-delivery.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { look } from '../../store/commands/look.ts'
import { noteRepetition } from '../../store/commands/note-repetition.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { type Receipt, recordAnswer, recordReceipt } from '../../store/commands/record-receipt.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import {
  atOnce,
  capture,
  citizen,
  coded,
  DAY,
  describeStore,
  HOUR,
  type Institution,
  NOW,
  one,
  open,
  openStore,
  type Store,
} from './support.ts'

const chain: Policy['chain'] = [
  { channel: 'app', wait: 'PT24H', until: 'read' },
  { channel: 'sms', wait: 'PT24H', until: 'delivered' },
]

describeStore('deliveries', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution({ chain, proofOfService: 'delivered', due: { from: 'service', after: 'P30D' } })
  })
  afterAll(() => store.close())

  const begin = (billId: string, key = 'notice:app', now = NOW): Promise<BegunDelivery> =>
    store.run((tx) => beginDelivery(tx, billId, key, now))
  const receive = (deliveryId: string, receipt: Receipt, now = NOW): Promise<Wake[]> =>
    store.run((tx) => recordReceipt(tx, deliveryId, receipt, now))
  const order = (billId: string) => ({ billId, reason: 'test', actor: 'operator:test' })
  const level = (name: 'accepted' | 'delivered' | 'read', at: number): Receipt => ({ level: name, at, reference: 'ref-1' })
  const failure = (at: number): Receipt => ({ level: 'failed', kind: 'permanent', code: 'blocked', at, reference: 'ref-1' })
  const log = async (billId: string): Promise<string[]> =>
    (await store.sql<{ action: string }[]>`select action from log where subject = ${`bill:${billId}`} order by seq`).map(
      ({ action }) => action,
    )

  /** A bill whose notice is on its way on the first channel. */
  async function sent(now = NOW): Promise<{ billId: string; deliveryId: string }> {
    const billId = await town.issued()
    const begun = await begin(billId, 'notice:app', now)
    if (!begun.due) throw new Error('the notice is not due')
    return { billId, deliveryId: begun.deliveryId }
  }

  describe('beginning one', () => {
    it('records it before it is sent, with the address of the channel', async () => {
      const billId = await town.issued({ citizen: { ...citizen('lee'), contacts: [{ channel: 'app', address: '010-1234' }] } })
      const begun = await begin(billId)
      expect(begun).toEqual({
        due: true,
        deliveryId: expect.stringMatching(/^dlv_/),
        channel: 'app',
        attempt: 1,
        mayBeSent: false,
        address: '010-1234',
        stopped: false,
      })
      expect(
        await store.sql`select key, purpose, channel, state, attempts, attempted_at from deliveries where bill_id = ${billId}`,
      ).toEqual([{ key: 'notice:app', purpose: 'notice', channel: 'app', state: 'sending', attempts: 1, attempted_at: NOW }])
    })

    it('answers no address where the citizen gave none', async () => {
      expect(await begin(await town.issued({ citizen: { ...citizen('nobody'), contacts: [] } }))).toMatchObject({
        due: true,
        address: null,
      })
    })

    it('is the same delivery when it is begun again, and says that it is another attempt', async () => {
      const { billId, deliveryId } = await sent()
      expect(await begin(billId, 'notice:app', NOW + HOUR)).toMatchObject({ due: true, deliveryId, attempt: 2 })
      expect(await log(billId)).toEqual(['received', 'issue', 'sending'])
    })

    it('makes one delivery of ten that begin at once', async () => {
      const billId = await town.issued()
      const results = await atOnce(10, () => begin(billId))
      const attempts = results.map((result) => (result.status === 'fulfilled' && result.value.due ? result.value.attempt : 0))
      expect(attempts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(await store.sql`select * from deliveries where bill_id = ${billId}`).toHaveLength(1)
    })

    it.each([
      ['was paid meanwhile', async (billId: string) => void (await capture(store, await open(store, [billId])))],
      ['was cancelled meanwhile', async (billId: string) => void (await store.run((tx) => cancelBill(tx, order(billId), NOW)))],
      ['was paused meanwhile', async (billId: string) => void (await store.run((tx) => pauseBill(tx, order(billId), NOW)))],
    ])('is stopped where the bill %s', async (_, change) => {
      const { billId } = await sent()
      await change(billId)
      expect(await begin(billId)).toEqual({ due: false })
      expect(await store.sql`select attempts from deliveries where bill_id = ${billId}`).toEqual([{ attempts: 1 }])
    })

    it('is refused before its time and under a key that the plan does not name', async () => {
      const { billId, deliveryId } = await sent()
      await receive(deliveryId, level('accepted', NOW))
      for (const key of ['notice:app', 'notice:paper', 'reminder:1']) expect(await begin(billId, key)).toEqual({ due: false })
      expect(await begin(billId, 'notice:sms', NOW + DAY - 1)).toEqual({ due: false })
      expect(await begin(billId, 'notice:sms', NOW + DAY)).toMatchObject({ due: true, channel: 'sms' })
    })

    it('is not found for a bill that is not there', async () => {
      await expect(begin('bill_none')).rejects.toEqual(coded('bill_not_found'))
    })
  })

  describe('a receipt', () => {
    it('moves the delivery on and proves service at the channel’s own time', async () => {
      const { billId, deliveryId } = await sent()
      const wakes = await receive(deliveryId, level('delivered', NOW + 5_000), NOW + HOUR)
      expect(wakes).toMatchObject([{ billId, kind: 'noticeDelivered', line: 'notice:app on app: delivered' }])
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({
        state: 'delivered',
        accepted_at: NOW + 5_000,
        delivered_at: NOW + 5_000,
        read_at: null,
        reference: 'ref-1',
      })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'delivered', due_at: Date.parse('2026-04-01T14:59:59.999Z') })
    })

    it('that comes twice changes nothing', async () => {
      const { billId, deliveryId } = await sent()
      await receive(deliveryId, level('delivered', NOW))
      const [before, entries] = [await one(store.sql, 'deliveries', deliveryId), await log(billId)]
      const again = await atOnce(10, () => receive(deliveryId, level('delivered', NOW + HOUR)))
      expect(again.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as unknown)))).toEqual(
        Array.from({ length: 10 }, () => []),
      )
      expect(await one(store.sql, 'deliveries', deliveryId)).toEqual(before)
      expect(await log(billId)).toEqual(entries)
    })

    it('that comes out of order keeps the farthest level and every first time', async () => {
      const { billId, deliveryId } = await sent()
      await receive(deliveryId, level('read', NOW + 30_000))
      expect(await receive(deliveryId, level('delivered', NOW + 20_000))).toEqual([])
      expect(await receive(deliveryId, level('accepted', NOW + 10_000))).toEqual([])
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({ state: 'read', read_at: NOW + 30_000 })
      expect((await log(billId)).filter((action) => action === 'read' || action === 'delivered')).toEqual(['read'])
    })

    it('of a failure after it was read is old news', async () => {
      const { deliveryId } = await sent()
      await receive(deliveryId, level('read', NOW))
      expect(await receive(deliveryId, failure(NOW + HOUR))).toEqual([])
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({ state: 'read', ended_at: null, failure_code: null })
    })

    it('of a failure hands over to the next channel at once, and one that got through after all takes it back', async () => {
      const { billId, deliveryId } = await sent()
      expect(await receive(deliveryId, failure(NOW + HOUR), NOW + HOUR)).toMatchObject([{ kind: 'deliveryFailed' }])
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({
        state: 'failed',
        failure_kind: 'permanent',
        failure_code: 'blocked',
        ended_at: NOW + HOUR,
      })
      expect(await receive(deliveryId, level('read', NOW + 2 * HOUR), NOW + 2 * HOUR)).toMatchObject([{ kind: 'noticeRead' }])
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({
        state: 'read',
        failure_kind: null,
        failure_code: null,
        ended_at: null,
      })
      expect(await begin(billId, 'notice:sms', NOW + 3 * DAY)).toEqual({ due: false })
    })

    it('of a returned letter takes the proof of service back', async () => {
      const post = await store.institution({
        chain: [{ channel: 'paper', wait: 'P20D', until: 'accepted' }],
        proofOfService: 'accepted',
        due: { from: 'service', after: 'P30D' },
      })
      const billId = await post.issued()
      const begun = await begin(billId, 'notice:paper')
      const deliveryId = begun.due ? begun.deliveryId : ''
      await receive(deliveryId, level('accepted', NOW))
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'delivered', due_at: expect.any(Number) })
      await receive(deliveryId, failure(NOW + 9 * DAY), NOW + 9 * DAY)
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ due_at: null })
    })

    it('that changes nothing in the plan wakes nobody', async () => {
      const { billId, deliveryId } = await sent()
      await receive(deliveryId, level('accepted', NOW))
      await receive(deliveryId, level('read', NOW))
      const late = await begin(billId, 'notice:sms', NOW + 9 * DAY)
      expect(late).toEqual({ due: false })
      const facts = await store.sql<
        { kind: string; applied: boolean }[]
      >`select kind, applied_at is not null as applied from facts where bill_id = ${billId} and kind like 'notice%' order by recorded_at, id`
      // Acceptance moved the next date, reading made the next channel pointless: both are news to the run.
      expect(facts.map(({ applied }) => applied)).toEqual([false, false])
    })

    it('of a delivery that is not there is refused', async () => {
      await expect(receive('dlv_none', level('read', NOW))).rejects.toEqual(coded('delivery_not_found'))
    })
  })

  describe('an answer to the bill’s own run', () => {
    const answer = (sentTo: { billId: string; deliveryId: string }, receipt: Receipt, now = NOW) =>
      store.run((tx) => recordAnswer(tx, sentTo, receipt, now))

    it('tells it how the bill stands, and leaves no fact to be signalled', async () => {
      const delivery = await sent()
      expect(await answer(delivery, { level: 'unreachable', at: NOW })).toMatchObject({
        stage: 'deliver',
        step: { key: 'notice:sms' },
        at: NOW,
        status: 'issued',
        paused: false,
      })
      expect(await store.sql`select * from facts where bill_id = ${delivery.billId} and applied_at is null`).toHaveLength(0)
      expect(await one(store.sql, 'bills', delivery.billId)).toMatchObject({ wake_at: NOW })
    })

    it('says openly that a message may have been shown twice', async () => {
      const delivery = await sent()
      await store.run((tx) => noteRepetition(tx, delivery.deliveryId))
      await answer(delivery, level('accepted', NOW))
      await answer(delivery, level('delivered', NOW))
      expect(await one(store.sql, 'deliveries', delivery.deliveryId)).toMatchObject({ possible_duplicate: true })
    })
  })

  describe('closing one', () => {
    const close = (billId: string, event: 'fail' | 'stop', now = NOW): Promise<void> =>
      store.run((tx) => closeDelivery(tx, billId, 'notice:app', event, now))
    const state = async (deliveryId: string): Promise<unknown> => (await one(store.sql, 'deliveries', deliveryId))['state']

    it('fails what no attempt will follow, once', async () => {
      const { billId, deliveryId } = await sent()
      await atOnce(10, () => close(billId, 'fail', NOW + HOUR))
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({
        state: 'failed',
        failure_kind: 'technical',
        failure_code: 'attempts_exhausted',
        ended_at: NOW + HOUR,
      })
      expect((await log(billId)).filter((action) => action === 'failed')).toHaveLength(1)
    })

    it('leaves what got through meanwhile, and what was never begun', async () => {
      const { billId, deliveryId } = await sent()
      await receive(deliveryId, level('accepted', NOW))
      await close(billId, 'stop')
      expect(await state(deliveryId)).toBe('accepted')
      await close(await town.issued(), 'fail')
    })

    it('ends with the bill, at the latest when its run sees that', async () => {
      const { billId, deliveryId } = await sent()
      await store.run((tx) => cancelBill(tx, order(billId), NOW))
      expect(await state(deliveryId)).toBe('sending')
      await store.run((tx) => look(tx, billId, NOW + HOUR))
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({ state: 'stopped', ended_at: NOW + HOUR })
      expect((await log(billId)).at(-1)).toBe('stopped')
      // What its last attempt may still have brought about is heard all the same.
      await receive(deliveryId, level('delivered', NOW + HOUR))
      expect(await state(deliveryId)).toBe('delivered')
    })

    it('stops for a pause without losing the channel: the notice goes out when the pause ends', async () => {
      const { billId, deliveryId } = await sent()
      await store.run((tx) => pauseBill(tx, order(billId), NOW))
      await close(billId, 'stop')
      expect(await state(deliveryId)).toBe('stopped')
      expect(await begin(billId, 'notice:app', NOW + HOUR)).toEqual({ due: false })
      await store.run((tx) => resumeBill(tx, order(billId), NOW + DAY))
      expect(await begin(billId, 'notice:app', NOW + DAY)).toMatchObject({ due: true, deliveryId, attempt: 2 })
      expect(await one(store.sql, 'deliveries', deliveryId)).toMatchObject({ state: 'sending', ended_at: null })
    })
  })

  it('a notice that asks for no money is concluded by its proof', async () => {
    const billId = await town.issued({ amount: null })
    const begun = await begin(billId)
    await receive(begun.due ? begun.deliveryId : '', level('read', NOW))
    expect(await store.run((tx) => takeStep(tx, billId, 'conclude', NOW))).toMatchObject({ stage: 'closed', status: 'concluded' })
  })
})

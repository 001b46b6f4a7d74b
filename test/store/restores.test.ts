import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type BegunDelivery, beginDelivery } from '../../store/commands/begin-delivery.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { beginRefund } from '../../store/commands/refund.ts'
import type { Tx } from '../../store/connection.ts'
import { lostHeads } from '../../store/log/lost-heads.ts'
import { recordRestore } from '../../store/restores/record-restore.ts'
import { DAY, describeStore, HOUR, type Institution, NOW, open, openStore, type Store } from './support.ts'

const krw = (minor: bigint) => ({ minor, currency: 'KRW' as const })

describeStore('books that were put back from an older copy', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  /** Does it, and has the books forget it again, as a restore would. */
  async function forgotten<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let result: T | undefined
    const forget = new Error('forget it')
    await store
      .run(async (tx) => {
        result = await work(tx)
        throw forget
      })
      .catch((error: unknown) => expect(error).toBe(forget))
    return result as T
  }
  const capture = (checkoutId: string, now: number) => async (tx: Tx) => {
    const report = { status: 'captured', amount: krw(10_000n), method: 'card', paidAt: NOW } as const
    await recordCapture(tx, checkoutId, report, now)
    return (await tx<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`).map(({ id }) => id)
  }
  const giveBack = (billId: string, minor: bigint, left: bigint, now: number) => async (tx: Tx) =>
    (await refundBill(tx, { billId, amount: krw(minor), expected: krw(left), note: 'x', cancelCharge: true, actor: 'test' }, now)).refundIds
  const begin = (billId: string, now: number) => (tx: Tx) => beginDelivery(tx, billId, 'notice:inbox', now)
  const idOf = (begun: BegunDelivery): string => (begun.due ? begun.deliveryId : '')

  it('make the same payment, refund and delivery again that they have forgotten', async () => {
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    const sent = await forgotten(begin(billId, NOW))
    expect(idOf(await forgotten(begin(billId, NOW + DAY)))).toBe(idOf(sent))
    const before = await forgotten(capture(checkoutId, NOW))
    expect(await store.run(capture(checkoutId, NOW + HOUR))).toEqual(before)
    const [first] = await forgotten(giveBack(billId, 300n, 10_000n, NOW))
    const [other] = await store.run(giveBack(billId, 200n, 10_000n, NOW + HOUR))
    const [again] = await store.run(giveBack(billId, 300n, 9_800n, NOW + DAY))
    const [second] = await store.run(giveBack(billId, 300n, 9_500n, NOW + DAY))
    expect(again).toBe(first)
    expect(new Set([first, other, second]).size).toBe(3)
  })

  it('ask first about what was due before, and only about that', async () => {
    const [old, paid] = [await town.issued(), await town.issued()]
    const checkoutId = await open(store, [paid])
    await store.run(capture(checkoutId, NOW))
    expect(await forgotten(begin(old, NOW))).toMatchObject({ due: true, mayBeSent: false })
    const refunds = await store.run(giveBack(paid, 300n, 10_000n, NOW))
    expect(await forgotten((tx) => beginRefund(tx, refunds[0] ?? '', NOW))).toMatchObject({ askFirst: false })

    await store.run((tx) => recordRestore(tx, 'test', NOW + HOUR))
    expect(await forgotten(begin(old, NOW + HOUR))).toMatchObject({ due: true, mayBeSent: true })
    expect(await forgotten((tx) => beginRefund(tx, refunds[0] ?? '', NOW + HOUR))).toMatchObject({ askFirst: true })
    const later = await town.issued({ issueAt: NOW + DAY })
    await store.admin`update bills set issued_at = ${new Date(NOW + DAY)} where id = ${later}`
    expect(await forgotten(begin(later, NOW + DAY))).toMatchObject({ due: true, mayBeSent: false })
  })

  it('go on with the feed behind every place that was ever read', async () => {
    const [before] = await store.sql<{ last: bigint }[]>`select last from event_feed`
    await store.run((tx) => recordRestore(tx, 'test', NOW + 2 * HOUR))
    const [after] = await store.sql<{ last: bigint }[]>`select last from event_feed`
    expect((after?.last ?? 0n) - (before?.last ?? 0n)).toBe(1_000_000_000n)
  })

  it('lack heads that were written elsewhere', async () => {
    const billId = await town.issued()
    const subject = `bill:${billId}`
    const heads = await store.sql<
      { subject: string; seq: number; hash: Buffer }[]
    >`select subject, seq, hash from log where subject = ${subject}`
    expect(await lostHeads(store.sql, heads)).toEqual([])
    const [head] = heads
    if (head === undefined) throw new Error('there is no log')
    expect(await lostHeads(store.sql, [{ ...head, seq: 99 }])).toEqual([subject])
    expect(await lostHeads(store.sql, [{ ...head, hash: Buffer.alloc(32) }])).toEqual([subject])
  })
})

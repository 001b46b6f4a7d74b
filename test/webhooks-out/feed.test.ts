import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Sql } from '../../store/connection.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { type EventRow, listEvents } from '../../store/events/list-events.ts'
import { placeEvents } from '../../store/events/place-events.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { capture, describeStore, type Institution, NOW, open, openStore, type Store } from '../store/support.ts'

/** Everything after a position, as an institution that asks again and again. */
async function read(sql: Sql, institutionId: string, after: bigint): Promise<EventRow[]> {
  await placeEvents(sql)
  return listEvents(sql, { institutionId, mode: 'test' }, { after, limit: 1_000, types: [] })
}

describeStore('the feed of events', () => {
  let store: Store
  let city: Institution
  beforeAll(async () => {
    store = await openStore()
  })
  afterAll(() => store.close())

  const order = (billId: string): { billId: string; reason: string; actor: string } => ({
    billId,
    reason: '김하늘 moved away',
    actor: 'test',
  })

  it('tells what happened to a bill, in order, with its number and nothing about a person', async () => {
    city = await store.institution()
    const billId = await city.issued({ billNumber: 'N-77' })
    await store.run((tx) => pauseBill(tx, order(billId), NOW))
    await store.run((tx) => resumeBill(tx, order(billId), NOW))
    await capture(store, await open(store, [billId]))
    const events = await read(store.sql, city.id, 0n)
    expect(events.map(({ type }) => type)).toEqual(['bill.issued', 'bill.paused', 'bill.resumed', 'bill.paid'])
    expect(events.at(-1)).toMatchObject({
      bill_id: billId,
      bill_number: 'N-77',
      data: { amount: '10000', currency: 'KRW', method: 'card' },
    })
    expect(JSON.stringify(events, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      /김하늘|moved/,
    )
    expect(await read(store.sql, city.id, events.at(-1)?.position ?? 0n)).toEqual([])
  })

  it('has no event of a change that was undone', async () => {
    city = await store.institution()
    const billId = await city.issued()
    const before = await read(store.sql, city.id, 0n)
    await expect(
      store.run(async (tx) => {
        await cancelBill(tx, order(billId), NOW)
        throw new Error('never mind')
      }),
    ).rejects.toThrow('never mind')
    expect(await read(store.sql, city.id, 0n)).toEqual(before)
  })

  it('misses nothing that commits after something younger was read', async () => {
    city = await store.institution()
    const [slow, fast] = [await city.issued(), await city.issued()]
    const start = (await read(store.sql, city.id, 0n)).at(-1)?.position ?? 0n
    let commit = (): void => undefined
    const held = new Promise<void>((resolve) => (commit = resolve))
    let written = (): void => undefined
    const isWritten = new Promise<void>((resolve) => (written = resolve))
    const late = transaction(store.sql, async (tx) => {
      await pauseBill(tx, order(slow), NOW)
      await tx`select 1`
      written()
      await held
    })
    await isWritten
    // This one takes its number and its transaction id after the one that is still open.
    await store.run((tx) => pauseBill(tx, order(fast), NOW))
    const first = await read(store.sql, city.id, start)
    expect(first.map(({ bill_id }) => bill_id)).toEqual([fast])
    commit()
    await late
    const second = await read(store.sql, city.id, first.at(-1)?.position ?? 0n)
    expect(second.map(({ bill_id }) => bill_id)).toEqual([slow])
  })

  it("keeps each bill's order and every event, whoever writes and reads at the same time", async () => {
    city = await store.institution()
    const bills = await Promise.all(Array.from({ length: 6 }, () => city.issued()))
    let writing = true
    const isWriting = (): boolean => writing
    const seen: EventRow[] = []
    const reader = (async () => {
      for (let rounds = 0; isWriting() || rounds < 2; rounds += isWriting() ? 0 : 1) {
        seen.push(...(await read(store.sql, city.id, seen.at(-1)?.position ?? 0n)))
      }
    })()
    const other = (async () => {
      while (isWriting()) await placeEvents(store.sql)
    })()
    // Their transactions stay open for different times, so they commit in another order than they began.
    await Promise.all(
      bills.map(async (billId, index) => {
        for (let round = 0; round < 8; round++) {
          await store.run(async (tx) => {
            await (round % 2 === 0 ? pauseBill : resumeBill)(tx, order(billId), NOW)
            await tx`select pg_sleep(${((index * 7 + round * 3) % 5) / 200})`
          })
        }
      }),
    )
    writing = false
    await Promise.all([reader, other])
    for (const billId of bills) {
      const types = seen.filter((event) => event.bill_id === billId).map(({ type }) => type)
      expect(types).toEqual(['bill.issued', ...Array.from({ length: 8 }, (_, round) => (round % 2 === 0 ? 'bill.paused' : 'bill.resumed'))])
    }
    expect(new Set(seen.map(({ position }) => position)).size).toBe(seen.length)
  })

  it('keeps institutions and modes apart', async () => {
    const [mine, other] = [await store.institution(), await store.institution()]
    await mine.issued({ billNumber: randomUUID() })
    await other.issued()
    await other.issued({ mode: 'live' })
    expect(await read(store.sql, mine.id, 0n)).toHaveLength(1)
    expect(await read(store.sql, other.id, 0n)).toHaveLength(1)
  })
})

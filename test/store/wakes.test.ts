import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { missedWakes } from '../../store/bills/missed-wakes.ts'
import { createBill } from '../../store/commands/create-bill.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { look } from '../../store/commands/look.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { oldestUnapplied } from '../../store/facts/oldest-unapplied.ts'
import { unappliedFacts } from '../../store/facts/unapplied-facts.ts'
import { unappliedOf } from '../../store/facts/unapplied-of.ts'
import { atOnce, coded, DAY, describeStore, HOUR, newBill, NOW, one, openStore, type Store } from './support.ts'

describeStore('what wakes a bill', () => {
  let store: Store
  beforeAll(async () => {
    store = await openStore()
  })
  afterAll(() => store.close())

  const see = (billId: string, now = NOW): ReturnType<typeof look> => store.run((tx) => look(tx, billId, now))
  const order = (billId: string) => ({ billId, reason: 'x', actor: 'test' })
  const create = async (now: number): Promise<string> => {
    const town = await store.institution()
    return (await store.run((tx) => createBill(tx, newBill(town.id), now))).billId
  }

  describe('looking at a bill', () => {
    it('tells its run the next step, applies the facts that it has seen and writes when to look again', async () => {
      const billId = await create(NOW)
      expect(await unappliedOf(store.sql, [billId])).toMatchObject([{ kind: 'billCreated' }])
      expect(await see(billId, NOW - HOUR)).toEqual({
        stage: 'issue',
        step: { kind: 'issue', key: 'issue' },
        at: NOW,
        status: 'received',
        dueAt: expect.any(Number),
        paused: false,
      })
      expect(await unappliedOf(store.sql, [billId])).toEqual([])
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ wake_at: NOW, wakes_missed: 0, stage: 'issue' })
    })

    it('is the same however often it is done', async () => {
      const billId = await create(NOW)
      const views = (await atOnce(10, () => see(billId))).map((result) =>
        result.status === 'fulfilled' ? result.value : (result.reason as unknown),
      )
      for (const view of views) expect(view).toEqual(views[0])
    })

    it('says that a bill is paused, and has no time to look again', async () => {
      const billId = await (await store.institution()).issued()
      await store.run((tx) => pauseBill(tx, order(billId), NOW))
      expect(await see(billId)).toMatchObject({ paused: true, at: null, dueAt: null })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ wake_at: null })
    })

    it('of a bill that is not there is refused', async () => {
      await expect(see('bill_none')).rejects.toEqual(coded('bill_not_found'))
    })
  })

  describe('facts that nobody has read', () => {
    it('are found by their age, the oldest first, a page at a time', async () => {
      await store.admin`update facts set applied_at = recorded_at`
      expect(await oldestUnapplied(store.sql)).toBeNull()
      const bills = []
      for (let hour = 0; hour < 4; hour++) bills.push(await create(NOW + hour * HOUR))
      expect(await oldestUnapplied(store.sql)).toBe(NOW)
      const unapplied = (limit: number): ReturnType<typeof unappliedFacts> => unappliedFacts(store.sql, NOW + 3 * HOUR, { grace: 0, limit })
      const found = await unapplied(2)
      expect(found).toMatchObject([{ billId: bills[0], kind: 'billCreated', factId: expect.stringMatching(/^fct_/) }, { billId: bills[1] }])
      expect((await unapplied(100)).map(({ billId }) => billId)).toEqual(bills.slice(2, 3))
      await see(bills[0] ?? '')
      expect(await oldestUnapplied(store.sql)).toBe(NOW + HOUR)
    })

    it('are found a grace after they were recorded, then half as often, down to one time in 64', async () => {
      await store.admin`update facts set applied_at = recorded_at`
      await create(NOW)
      const found: number[] = []
      for (let second = 0; second <= 1_000; second++)
        if ((await unappliedFacts(store.sql, NOW + second * 1_000 + 1, { grace: 5_000, limit: 10 })).length > 0) found.push(second)
      expect(found).toEqual([5, 16, 37, 78, 159, 320, 641, 962])
    })

    it('are those that change what the plan says, and no others', async () => {
      const billId = await (await store.institution()).issued()
      await see(billId)
      await store.run((tx) => pauseBill(tx, order(billId), NOW))
      await store.run((tx) => cancelBill(tx, order(billId), NOW))
      expect((await unappliedOf(store.sql, [billId])).map(({ kind }) => kind).sort()).toEqual(['cancelled', 'paused'])
      // The bill is closed: it has no clocks left that could go on.
      await expect(store.run((tx) => resumeBill(tx, order(billId), NOW))).rejects.toEqual(coded('bill_not_paused'))
      await see(billId)
      expect(await unappliedOf(store.sql, [billId])).toEqual([])
    })
  })

  describe('runs that were lost', () => {
    const GRACE = 60_000
    const missed = async (now: number, limit = 100): Promise<string[]> => missedWakes(store.sql, now, { grace: GRACE, limit })

    it('are found a grace after their time, then half as often each time, until the bill is looked at', async () => {
      await store.admin`update bills set wake_at = null`
      const billId = await create(NOW)
      await see(billId)
      expect(await missed(NOW + GRACE)).toEqual([])
      const found: number[] = []
      for (let minute = 1; minute <= 70; minute++) if ((await missed(NOW + minute * GRACE + 1)).includes(billId)) found.push(minute)
      expect(found).toEqual([1, 2, 4, 8, 16, 32, 64])
      await see(billId, NOW + DAY)
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ wakes_missed: 0 })
      expect(await missed(NOW + DAY)).toEqual([billId])
    })

    it('never are those of closed bills, or of bills that wait for somebody', async () => {
      await store.admin`update bills set wake_at = null`
      const town = await store.institution()
      const [closed, waiting] = [await town.issued(), await town.issued()]
      await store.run((tx) => cancelBill(tx, order(closed), NOW))
      await see(closed)
      await store.run((tx) => pauseBill(tx, order(waiting), NOW))
      await see(waiting)
      expect(await missed(NOW + 99 * DAY)).toEqual([])
    })

    it('come by pages, the longest lost first', async () => {
      await store.admin`update bills set wake_at = null`
      const bills: string[] = []
      for (let hour = 0; hour < 6; hour++) {
        const billId = await create(NOW)
        await store.admin`update bills set wake_at = ${new Date(NOW + hour * HOUR)} where id = ${billId}`
        bills.push(billId)
      }
      expect((await missed(NOW + DAY, 2)).sort()).toEqual(bills.slice(0, 2).sort())
    })
  })
})

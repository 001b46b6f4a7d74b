import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { decideObjection, type Decision } from '../../store/commands/decide-objection.ts'
import { cancelBill, writeOffBill } from '../../store/commands/drop-charge.ts'
import { fileObjection, type NewObjection } from '../../store/commands/file-objection.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import {
  atOnce,
  capture,
  coded,
  DAY,
  describeStore,
  HOUR,
  type Institution,
  NOW,
  one,
  open,
  openStore,
  refusals,
  type Store,
  wins,
} from './support.ts'

const WORDS = '이 차는 6월에 팔았습니다. 김하늘'

describeStore('an objection', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution({ objection: { within: 'P90D' } })
  })
  afterAll(() => store.close())

  const file = (billId: string, now = NOW, more: Partial<NewObjection> = {}): ReturnType<typeof fileObjection> =>
    store.run((tx) => fileObjection(tx, { billId, text: WORDS, byCitizen: true, receivedAt: now, actor: 'citizen', ...more }, now))
  const decide = (objectionId: string, outcome: Decision['outcome'], now = NOW, minor?: bigint): ReturnType<typeof decideObjection> => {
    const amount = minor === undefined ? undefined : ({ minor, currency: 'KRW' } as const)
    return store.run((tx) => decideObjection(tx, { objectionId, outcome, reason: 'looked into', amount, actor: 'key:test' }, now))
  }
  const bill = (billId: string): Promise<Record<string, unknown>> => one(store.sql, 'bills', billId)
  const objection = (id: string): Promise<Record<string, unknown>> => one(store.sql, 'objections', id)
  const serve = async (billId: string): Promise<void> => {
    const begun = await store.run((tx) => beginDelivery(tx, billId, 'notice:inbox', NOW))
    if (!begun.due) throw new Error('the notice was not due')
    await store.run((tx) => recordReceipt(tx, begun.deliveryId, { level: 'delivered', at: NOW, reference: 'r' }, NOW))
  }

  it('stops the clocks, and once dismissed gives exactly the rest back', async () => {
    const billId = await town.issued()
    const due = (await bill(billId))['due_at'] as number
    const { objectionId, wakes } = await file(billId, NOW + HOUR)
    expect(wakes).toMatchObject([{ billId, kind: 'objected' }])
    expect(await bill(billId)).toMatchObject({ objection_id: objectionId, due_at: null })
    expect(await decide(objectionId, 'dismissed', NOW + HOUR + 13 * DAY)).toMatchObject([{ billId, kind: 'objectionDecided' }])
    expect(await bill(billId)).toMatchObject({ objection_id: null, due_at: due + 13 * DAY, status: 'issued' })
    expect(await objection(objectionId)).toMatchObject({ state: 'dismissed', reason: 'looked into', decided_by: 'key:test' })
  })

  it('keeps the citizen’s words apart, where they can be erased', async () => {
    const billId = await town.issued()
    const { objectionId, wakes } = await file(billId)
    await decide(objectionId, 'dismissed')
    expect(await store.sql`select text from objection_texts where objection_id = ${objectionId}`).toEqual([{ text: WORDS }])
    const elsewhere = await store.sql`
      select body as said from log where subject = ${`bill:${billId}`} union all select line from facts where bill_id = ${billId}
      union all select reason from pauses where bill_id = ${billId}`
    expect(JSON.stringify([...elsewhere, ...wakes])).not.toMatch(/팔았|김하늘/)
    await store.sql`delete from objection_texts where objection_id = ${objectionId}`
  })

  it('that is upheld cancels the bill', async () => {
    const billId = await town.issued()
    const { objectionId } = await file(billId)
    await decide(objectionId, 'upheld', NOW + DAY)
    expect(await bill(billId)).toMatchObject({ status: 'cancelled', cancelled_minor: 10_000n, objection_id: null, stage: 'closed' })
    expect(await objection(objectionId)).toMatchObject({ state: 'upheld' })
    expect(await store.sql`select until_at from pauses where bill_id = ${billId}`).toEqual([{ until_at: NOW + DAY }])
  })

  it('that is upheld in part lowers the amount, goes on, and is served again', async () => {
    const billId = await town.issued()
    await serve(billId)
    const due = (await bill(billId))['due_at'] as number
    const { objectionId } = await file(billId)
    await decide(objectionId, 'partly', NOW + DAY, 6_000n)
    expect(await bill(billId)).toMatchObject({
      status: 'delivered',
      charged_minor: 6_000n,
      revision: 2,
      notice_revision: 2,
      due_at: due + DAY,
    })
    expect(await objection(objectionId)).toMatchObject({ state: 'partly', amount_minor: 6_000n })
  })

  it.each<[string, Decision['outcome'], bigint | undefined, string]>([
    ['in part without an amount', 'partly', undefined, 'amount_missing'],
    ['in part with what it is', 'partly', 10_000n, 'amount_not_lower'],
    ['in part with more', 'partly', 11_000n, 'amount_not_lower'],
    ['in part with nothing', 'partly', 0n, 'amount_not_positive'],
    ['as dismissed with an amount', 'dismissed', 5n, 'amount_not_wanted'],
  ])('is not decided %s', async (_, outcome, minor, code) => {
    const billId = await town.issued()
    const { objectionId } = await file(billId)
    await expect(decide(objectionId, outcome, NOW, minor)).rejects.toEqual(coded(code))
    expect(await objection(objectionId)).toMatchObject({ state: 'filed' })
    expect(await bill(billId)).toMatchObject({ objection_id: objectionId, due_at: null })
  })

  it('is one at a time and decided once, however many come at once', async () => {
    const billId = await town.issued()
    const filed = await atOnce(6, () => file(billId))
    expect([wins(filed), ...new Set(refusals(filed))]).toEqual([1, 'objection_open'])
    const id = (await bill(billId))['objection_id'] as string
    const decided = await atOnce(6, () => decide(id, 'dismissed', NOW + DAY))
    expect([wins(decided), ...new Set(refusals(decided))]).toEqual([1, 'objection_decided'])
    await file(billId, NOW + 2 * DAY)
    await expect(decide('obj_none', 'dismissed')).rejects.toEqual(coded('objection_not_found'))
  })

  it('keeps its pause until it is decided', async () => {
    const billId = await town.issued()
    const { objectionId } = await file(billId)
    await expect(store.run((tx) => resumeBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))).rejects.toEqual(coded('objection_open'))
    await decide(objectionId, 'withdrawn')
    expect(await bill(billId)).toMatchObject({ objection_id: null })
  })

  it('leaves a pause that was there before', async () => {
    const billId = await town.issued()
    await store.run((tx) => pauseBill(tx, { billId, reason: 'hearing', actor: 'test' }, NOW))
    const { objectionId } = await file(billId, NOW + HOUR)
    await decide(objectionId, 'dismissed', NOW + DAY)
    expect(await store.sql`select reason, until_at from pauses where bill_id = ${billId}`).toEqual([{ reason: 'hearing', until_at: null }])
    await store.run((tx) => resumeBill(tx, { billId, reason: 'x', actor: 'test' }, NOW + 2 * DAY))
  })

  describe.each<[string, string, (billId: string) => Promise<unknown>]>([
    ['paid', 'paid', async (billId) => capture(store, await open(store, [billId]), undefined, NOW + DAY)],
    ['cancelled', 'cancelled', (billId) => store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW + DAY))],
    ['written off', 'writtenOff', (billId) => store.run((tx) => writeOffBill(tx, { billId, reason: 'x', actor: 'test' }, NOW + DAY))],
  ])('to a bill that is %s meanwhile', (_, status, end) => {
    it('ends and says why, and so does its pause', async () => {
      const billId = await town.issued()
      const { objectionId } = await file(billId)
      await end(billId)
      expect(await objection(objectionId)).toMatchObject({ state: 'overtaken', reason: status, decided_by: 'engine' })
      expect(await bill(billId)).toMatchObject({ status, objection_id: null })
      expect(await store.sql`select 1 from pauses where bill_id = ${billId} and until_at is null`).toHaveLength(0)
      const [line] = await store.sql`select body from log where subject = ${`bill:${billId}`} and action = 'objectionOvertaken'`
      expect(line).toEqual({ body: JSON.stringify({ objectionId, because: status }) })
      await expect(decide(objectionId, 'dismissed')).rejects.toEqual(coded('objection_decided'))
    })
  })

  describe('counts its time from the proof of service', () => {
    const last = Date.parse('2026-05-31T23:59:59.999+09:00')

    it('to the end of the last day, by when it came', async () => {
      const billId = await town.issued()
      await serve(billId)
      await expect(file(billId, last + 1)).rejects.toEqual(coded('objection_late'))
      await file(billId, last + DAY, { byCitizen: false, receivedAt: last })
      const inTime = await town.issued()
      await serve(inTime)
      await file(inTime, last)
    })

    it('which has not begun before it', async () => {
      await file(await town.issued(), last + 99 * DAY)
    })

    it('and cannot come from the future', async () => {
      const billId = await town.issued()
      await expect(file(billId, NOW, { receivedAt: NOW + 1 })).rejects.toEqual(coded('received_in_future'))
    })
  })

  it('is refused where none is foreseen, and for what is over or not begun', async () => {
    const strict = await store.institution()
    await expect(file(await strict.issued())).rejects.toEqual(coded('objection_not_foreseen'))
    await expect(file(await town.bill())).rejects.toEqual(coded('bill_not_issued'))
    const paid = await town.issued()
    await capture(store, await open(store, [paid]))
    await expect(file(paid)).rejects.toEqual(coded('bill_paid'))
    const closed = await town.issued()
    await store.run((tx) => cancelBill(tx, { billId: closed, reason: 'x', actor: 'test' }, NOW))
    await expect(file(closed)).rejects.toEqual(coded('bill_closed'))
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { approveRefund, declineRefund } from '../../store/commands/decide-refund.ts'
import { look } from '../../store/commands/look.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { recordClaim } from '../../store/commands/take-back-payment.ts'
import { refundExcess } from '../../store/commands/use-excess.ts'
import { setApproval } from '../../store/institutions/set-approval.ts'
import { readInvariants } from '../../store/invariants/read-invariants.ts'
import {
  atOnce,
  capture,
  coded,
  describeStore,
  type Institution,
  NOW,
  one,
  open,
  openStore,
  refusals,
  type Store,
  wins,
} from './support.ts'

const krw = (minor: bigint) => ({ minor, currency: 'KRW' }) as const
const FIRST = 'key:first'
const SECOND = 'key:second'

describeStore('a refund above what one person may give back', () => {
  let store: Store
  let town: Institution
  const limited = async (institution: Institution, above: bigint | null = 3_000n): Promise<Institution> => {
    await store.run((tx) =>
      setApproval(tx, { institutionId: institution.id, above: above === null ? null : krw(above), actor: 'test' }, NOW),
    )
    return institution
  }
  beforeAll(async () => {
    store = await openStore()
    town = await limited(await store.institution())
  })
  afterAll(async () => {
    // Whatever was ordered, approved, declined and taken back: the books still say what happened.
    const readings = await readInvariants(store.sql)
    expect(readings.length).toBeGreaterThan(20)
    expect(readings.filter(({ violations }) => violations !== 0)).toEqual([])
    await store.close()
  })

  async function paid(institution = town): Promise<string> {
    const billId = await institution.issued()
    await capture(store, await open(store, [billId]))
    return billId
  }
  const order = async (billId: string, minor: bigint, expected: bigint, actor = FIRST): Promise<string> => {
    const words = { billId, amount: krw(minor), expected: krw(expected), note: 'sold', cancelCharge: true, actor }
    return (await store.run((tx) => refundBill(tx, words, NOW))).refundIds[0] ?? ''
  }
  const refund = (id: string) => one(store.sql, 'refunds', id)
  const approve = (refundId: string, actor = SECOND) => store.run((tx) => approveRefund(tx, { refundId, actor }, NOW))
  const decline = (refundId: string, actor = SECOND) => store.run((tx) => declineRefund(tx, { refundId, actor, reason: 'not sold' }, NOW))
  const next = (billId: string) => store.run((tx) => look(tx, billId, NOW))
  const open_ = (kind: string, subjectId: string) =>
    store.sql`select id from exceptions where kind = ${kind} and subject_id = ${subjectId} and closed_at is null`
  const complete = async (refundId: string): Promise<void> => {
    await store.run((tx) => beginRefund(tx, refundId, NOW))
    await store.run((tx) => recordRefund(tx, refundId, { status: 'succeeded', reference: refundId, refundedAt: NOW }, NOW))
  }

  it('waits, is counted as requested, and goes back once another person has agreed', async () => {
    const billId = await paid()
    const id = await order(billId, 3_001n, 10_000n)
    expect(await refund(id)).toMatchObject({ state: 'awaitingApproval', requested_by: FIRST, decided_by: null })
    expect(await open_('refundApproval', id)).toHaveLength(1)
    expect(await next(billId)).toMatchObject({ stage: 'reconcile' })
    // Nobody sends it, and what it asks for is not there for another one.
    expect(await store.run((tx) => beginRefund(tx, id, NOW))).toMatchObject({ open: false })
    await expect(order(billId, 7_000n, 10_000n)).rejects.toEqual(coded('refundable_differs'))
    expect(await approve(id)).toMatchObject({ wakes: [{ billId, kind: 'refundApproved' }] })
    expect(await refund(id)).toMatchObject({ state: 'requested', decided_by: SECOND, decided_at: NOW })
    expect(await open_('refundApproval', id)).toHaveLength(0)
    expect(await next(billId)).toMatchObject({ step: { kind: 'refund', refundId: id } })
    await complete(id)
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ refunded_minor: 3_001n, cancelled_minor: 3_001n })
  })

  it('is nobody’s to decide who ordered it, and not twice', async () => {
    const id = await order(await paid(), 5_000n, 10_000n)
    await expect(approve(id, FIRST)).rejects.toEqual(coded('second_person_needed'))
    await expect(decline(id, FIRST)).rejects.toEqual(coded('second_person_needed'))
    await expect(store.admin`update refunds set decided_by = ${FIRST}, decided_at = now() where id = ${id}`).rejects.toEqual(coded('23514'))
    const results = await atOnce(5, (index) => (index % 2 === 0 ? approve(id) : decline(id)))
    expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'refund_not_awaiting_approval'])
  })

  it('may be made of many small ones: they are counted together', async () => {
    const billId = await paid()
    expect(await refund(await order(billId, 2_000n, 10_000n))).toMatchObject({ state: 'requested' })
    expect(await refund(await order(billId, 1_000n, 8_000n, SECOND))).toMatchObject({ state: 'requested' })
    const third = await order(billId, 1n, 7_000n)
    expect(await refund(third)).toMatchObject({ state: 'awaitingApproval' })
    await approve(third)
    // What a second person agreed to does not count as given back alone.
    expect(await refund(await order(billId, 1n, 6_999n))).toMatchObject({ state: 'awaitingApproval' })
  })

  it('is declined with a reason, and everything is as before', async () => {
    const billId = await paid()
    const id = await order(billId, 9_000n, 10_000n)
    await decline(id)
    expect(await refund(id)).toMatchObject({ state: 'declined', decided_by: SECOND, decision_note: 'not sold' })
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'paid', paid_minor: 10_000n, refunded_minor: 0n })
    expect(await refund(await order(billId, 10_000n, 10_000n))).toMatchObject({ state: 'awaitingApproval' })
  })

  it('waits where an amendment orders it', async () => {
    const billId = await town.issued()
    await capture(store, await open(store, [billId]), 8_000n)
    await store.run((tx) => amendBill(tx, { billId, amount: krw(2_000n), reason: 'corrected', actor: FIRST }, NOW))
    expect(await store.sql`select state, amount_minor from refunds where bill_id = ${billId}`).toEqual([
      { state: 'awaitingApproval', amount_minor: 6_000n },
    ])
  })

  describe.each([['hold', 'held'] as const, ['offset', 'credit'] as const])('of money that was kept (%s)', (onExcess, kind) => {
    let excessId: string
    let billId: string
    beforeAll(async () => {
      const keeps = await limited(await store.institution({ onExcess }))
      billId = await keeps.issued()
      const late = await open(store, [billId])
      await store.sql`update bills set checkout_id = null where id = ${billId}`
      await capture(store, await open(store, [billId]))
      await capture(store, late)
      const [kept] = await store.sql<{ id: string }[]>`select id from excesses where bill_id = ${billId}`
      excessId = kept?.id ?? ''
    })

    it('waits, and declined it is kept again', async () => {
      const { refundId } = await store.run((tx) => refundExcess(tx, { excessId, actor: FIRST }, NOW))
      expect(await refund(refundId)).toMatchObject({ state: 'awaitingApproval', from_allocation: false })
      await decline(refundId)
      const kept = await store.sql`select kind, amount_minor, used_minor from excesses where bill_id = ${billId} order by used_minor desc`
      expect(kept).toEqual([
        { kind, amount_minor: 10_000n, used_minor: 10_000n },
        { kind, amount_minor: 10_000n, used_minor: 0n },
      ])
    })
  })

  it('is not agreed to while its payment is disputed, and is gone where that is lost', async () => {
    const billId = await paid()
    const id = await order(billId, 5_000n, 10_000n)
    const [payment] = await store.sql<{ id: string }[]>`select payment_id as id from allocations where bill_id = ${billId}`
    const claim = (state: 'disputed' | 'reversed') =>
      store.run((tx) => recordClaim(tx, payment?.id ?? '', { state, reference: `${state}-${billId}`, at: NOW }, NOW))
    await claim('disputed')
    await expect(approve(id)).rejects.toEqual(coded('payment_disputed'))
    await claim('reversed')
    expect(await refund(id)).toMatchObject({ state: 'succeeded', taken_back: true })
    expect(await open_('refundApproval', id)).toHaveLength(0)
    await expect(approve(id)).rejects.toEqual(coded('refund_not_awaiting_approval'))
  })

  it('does not wait where nothing is set, at the limit, or where the policy gives it back by itself', async () => {
    const free = await store.institution()
    expect(await refund(await order(await paid(free), 10_000n, 10_000n))).toMatchObject({ state: 'requested' })
    expect(await refund(await order(await paid(), 3_000n, 10_000n))).toMatchObject({ state: 'requested' })
    const twice = await town.issued()
    const late = await open(store, [twice])
    await store.sql`update bills set checkout_id = null where id = ${twice}`
    await capture(store, await open(store, [twice]))
    await capture(store, late)
    expect(await store.sql`select state, requested_by from refunds where bill_id = ${twice}`).toEqual([
      { state: 'requested', requested_by: 'engine' },
    ])
    const strict = await limited(await store.institution(), 0n)
    expect(await refund(await order(await paid(strict), 1n, 10_000n))).toMatchObject({ state: 'awaitingApproval' })
  })
})

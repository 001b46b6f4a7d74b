import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
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
  type Store,
  wins,
} from './support.ts'

describeStore('refunds', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  const begin = (refundId: string, now = NOW): ReturnType<typeof beginRefund> => store.run((tx) => beginRefund(tx, refundId, now))
  const record = (refundId: string, report: Parameters<typeof recordRefund>[2], now = NOW): Promise<void> =>
    store.run((tx) => recordRefund(tx, refundId, report, now))
  const success = (refundId: string): Parameters<typeof recordRefund>[2] => ({
    status: 'succeeded',
    reference: `r-${refundId}`,
    refundedAt: NOW + HOUR,
  })
  const refund = (refundId: string) => one(store.sql, 'refunds', refundId)
  const booked = (refundId: string) =>
    store.sql`
      select e.account, e.holder, e.side, e.amount_minor from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where t.refund_id = ${refundId} order by e.line`
  const actions = async (billId: string): Promise<unknown[]> =>
    (await store.sql`select action from log where subject = ${`bill:${billId}`} and action like 'refund%' order by seq`).map(
      (row): unknown => row['action'],
    )

  /** A payment that its cancelled bill could not take: it has to go back. */
  async function requested(): Promise<{ billId: string; refundId: string; checkoutId: string }> {
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    await store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))
    const [wake] = await capture(store, checkoutId)
    const fact = await one(store.sql, 'facts', wake?.factId ?? '')
    return { billId, refundId: fact['subject_id'] as string, checkoutId }
  }

  it('are recorded before they are sent; a second attempt is told to ask first', async () => {
    const { refundId, checkoutId } = await requested()
    const call = {
      gateway: 'gate',
      paymentReference: `ref-${checkoutId}`,
      amountMinor: 10_000n,
      currency: 'KRW',
      reason: 'billClosed',
      key: refundId,
      account: null,
      stopped: false,
    }
    expect(await begin(refundId)).toEqual({ open: true, askFirst: false, ...call })
    expect(await refund(refundId)).toMatchObject({ state: 'submitted', submitted_at: NOW })
    expect(await begin(refundId, NOW + DAY)).toEqual({ open: true, askFirst: true, ...call })
    expect(await refund(refundId)).toMatchObject({ submitted_at: NOW })
  })

  it('are sent without asking by one of ten attempts at once', async () => {
    const { billId, refundId } = await requested()
    const results = await atOnce(10, () => begin(refundId))
    expect(results.filter((result) => result.status === 'fulfilled' && !result.value.askFirst)).toHaveLength(1)
    expect(await actions(billId)).toEqual(['refundRequested', 'refundSubmitted'])
  })

  it('that succeeded are booked once, however often it is reported', async () => {
    const { billId, refundId } = await requested()
    await begin(refundId)
    expect(wins(await atOnce(10, () => record(refundId, success(refundId))))).toBe(10)
    expect(await refund(refundId)).toMatchObject({ state: 'succeeded', reference: `r-${refundId}`, refunded_at: NOW + HOUR })
    expect(await booked(refundId)).toEqual([
      { account: 'refundPayable', holder: '', side: 'debit', amount_minor: 10_000n },
      { account: 'gatewayClearing', holder: 'gate', side: 'credit', amount_minor: 10_000n },
    ])
    expect(await actions(billId)).toEqual(['refundRequested', 'refundSubmitted', 'refunded'])
    // The money never belonged to the bill, so its sums do not know it.
    expect(await one(store.sql, 'bills', billId)).toMatchObject({
      status: 'cancelled',
      paid_minor: 0n,
      refunded_minor: 0n,
      stage: 'closed',
    })
    expect(await begin(refundId)).toMatchObject({ open: false })
  })

  it('that the gateway refuses wait for an account of the citizen, with an age and an owner', async () => {
    const { billId, refundId } = await requested()
    await begin(refundId)
    await atOnce(5, () => record(refundId, { status: 'failed', code: 'account_closed' }, NOW + HOUR))
    expect(await refund(refundId)).toMatchObject({ state: 'awaitingAccount', failure_code: 'account_closed' })
    expect(await store.sql`select kind, owner, opened_at from exceptions where subject_id = ${refundId}`).toEqual([
      { kind: 'refundWithoutRoute', owner: 'operations', opened_at: NOW + HOUR },
    ])
    expect(await booked(refundId)).toHaveLength(0)
    expect(await begin(refundId)).toMatchObject({ open: false })
    expect(await actions(billId)).toEqual(['refundRequested', 'refundSubmitted', 'refundRefused'])
    // A late success of what was refused is not believed without another attempt.
    await record(refundId, success(refundId))
    expect(await refund(refundId)).toMatchObject({ state: 'awaitingAccount' })
  })

  it('of money that was allocated come from what the institution is owed, and the bill counts them', async () => {
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    await capture(store, checkoutId)
    const [payment] = await store.sql<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`
    const refundId = `ref_of_${billId}`
    await store.sql`
      insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
      values (${refundId}, ${payment?.id ?? ''}, ${billId}, ${town.id}, 'KRW', 4000, true, 'requested', 'asked', ${NOW})`
    await begin(refundId)
    await record(refundId, success(refundId))
    expect(await booked(refundId)).toEqual([
      { account: 'payable', holder: town.id, side: 'debit', amount_minor: 4_000n },
      { account: 'gatewayClearing', holder: 'gate', side: 'credit', amount_minor: 4_000n },
    ])
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ paid_minor: 10_000n, refunded_minor: 4_000n })
  })

  it('that are not there are refused', async () => {
    await expect(begin('ref_none')).rejects.toEqual(coded('refund_not_found'))
    await expect(record('ref_none', success('ref_none'))).rejects.toEqual(coded('refund_not_found'))
  })
})

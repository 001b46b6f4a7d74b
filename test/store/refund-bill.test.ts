import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { refundBill, type RefundOrder } from '../../store/commands/refund-bill.ts'
import { awaitPayout, beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { giveRefundAccount, payOutRefund, refuseRefundAccount } from '../../store/commands/refund-route.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import {
  atOnce,
  capture,
  coded,
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

const krw = (minor: bigint) => ({ minor, currency: 'KRW' as const })

describeStore('refunds that an institution asks for', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  const paid = async (): Promise<string> => {
    const billId = await town.issued()
    await capture(store, await open(store, [billId]))
    return billId
  }
  const order = (billId: string, changes: Partial<RefundOrder> = {}): RefundOrder => ({
    billId,
    expected: krw(10_000n),
    note: 'asked',
    cancelCharge: false,
    actor: 'key:test',
    ...changes,
  })
  const ask = (billId: string, changes: Partial<RefundOrder> = {}) => store.run((tx) => refundBill(tx, order(billId, changes), NOW))
  const succeed = async (refundId: string): Promise<void> => {
    await store.run((tx) => beginRefund(tx, refundId, NOW))
    await store.run((tx) =>
      recordRefund(tx, refundId, { status: 'succeeded', reference: `rfd-${refundId}`, refundedAt: NOW + HOUR }, NOW + HOUR),
    )
  }
  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const refund = (refundId: string) => one(store.sql, 'refunds', refundId)
  /** What a bill's equation leaves, which has to be what it owes. */
  const owed = async (billId: string): Promise<bigint> => {
    const row = await bill(billId)
    const of = (name: string): bigint => row[name] as bigint
    return of('charged_minor') - (of('paid_minor') - of('refunded_minor')) - of('written_off_minor') - of('cancelled_minor')
  }

  it('go back in parts, and open the bill again for what went back', async () => {
    const billId = await paid()
    const { refundIds, wakes } = await ask(billId, { amount: krw(4_000n) })
    expect(wakes).toMatchObject([{ kind: 'refundRequested' }])
    expect(await bill(billId)).toMatchObject({ status: 'paid', stage: 'refund', refunded_minor: 0n })
    // What is under way counts as gone.
    await expect(ask(billId)).rejects.toEqual(coded('refundable_differs'))
    const second = await ask(billId, { expected: krw(6_000n), amount: krw(1_000n) })
    await succeed(refundIds[0] ?? '')
    expect(await bill(billId)).toMatchObject({ status: 'issued', refunded_minor: 4_000n })
    expect(await owed(billId)).toBe(4_000n)
    await succeed(second.refundIds[0] ?? '')
    expect(await owed(billId)).toBe(5_000n)
    await capture(store, await open(store, [billId]))
    expect(await bill(billId)).toMatchObject({ status: 'paid', paid_minor: 15_000n, refunded_minor: 5_000n })
    expect(await owed(billId)).toBe(0n)
  })

  it('take the charge back where they are told to, so that nothing is owed again', async () => {
    const billId = await paid()
    const { refundIds } = await ask(billId, { amount: krw(4_000n), cancelCharge: true })
    await succeed(refundIds[0] ?? '')
    expect(await bill(billId)).toMatchObject({ status: 'paid', refunded_minor: 4_000n, cancelled_minor: 4_000n })
    expect(await owed(billId)).toBe(0n)
    expect(await store.sql`select amount_minor from charges where bill_id = ${billId} and kind = 'cancellation'`).toEqual([
      { amount_minor: 4_000n },
    ])
  })

  it('never ask again for a bill that was cancelled after a part was paid', async () => {
    const billId = await town.issued()
    const transfer = {
      gateway: 'bank',
      reference: billId,
      method: 'bankTransfer',
      amount: krw(3_000n),
      paidAt: NOW,
      paidAtSource: 'bank',
      billId,
    } as const
    await store.run((tx) => recordTransfer(tx, transfer, NOW))
    await store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))
    const { refundIds } = await ask(billId, { expected: krw(3_000n) })
    await succeed(refundIds[0] ?? '')
    expect(await bill(billId)).toMatchObject({ status: 'cancelled', paid_minor: 3_000n, refunded_minor: 3_000n, cancelled_minor: 10_000n })
    expect(await owed(billId)).toBe(0n)
  })

  it('take from the newest payment first, or from the one that is named', async () => {
    const billId = await town.issued()
    const pay = async (minor: bigint, paidAt: number): Promise<string> => {
      const input = {
        gateway: 'bank',
        reference: `${billId}-${paidAt}`,
        method: 'bankTransfer',
        amount: krw(minor),
        paidAt,
        paidAtSource: 'bank',
        billId,
      } as const
      return (await store.run((tx) => recordTransfer(tx, input, NOW + HOUR))).paymentId
    }
    const [older, newer] = [await pay(4_000n, NOW), await pay(6_000n, NOW + HOUR)]
    const spread = await ask(billId, { amount: krw(7_000n) })
    expect(await Promise.all(spread.refundIds.map(refund))).toMatchObject([
      { payment_id: newer, amount_minor: 6_000n },
      { payment_id: older, amount_minor: 1_000n },
    ])
    await expect(ask(billId, { paymentId: newer, expected: krw(3_000n) })).rejects.toEqual(coded('refundable_differs'))
    await expect(ask(billId, { paymentId: newer, expected: krw(0n) })).rejects.toEqual(coded('nothing_to_refund'))
    const named = await ask(billId, { paymentId: older, expected: krw(3_000n) })
    expect(await refund(named.refundIds[0] ?? '')).toMatchObject({ payment_id: older, amount_minor: 3_000n })
    await expect(ask(billId, { paymentId: 'pay_none', expected: krw(0n) })).rejects.toEqual(coded('payment_not_found'))
  })

  it('that fit only once are made once, fifty at a time', async () => {
    const billId = await paid()
    const results = await atOnce(50, () => ask(billId, { amount: krw(6_000n) }))
    expect(wins(results)).toBe(1)
    expect(new Set(refusals(results))).toEqual(new Set(['refundable_differs']))
    const [row] = await store.sql`select sum(amount_minor)::bigint as sum, count(*)::int as made from refunds where bill_id = ${billId}`
    expect(row).toEqual({ sum: 6_000n, made: 1 })
  })

  it.each([
    ['nothing', krw(0n), 'amount_not_positive'],
    ['less than nothing', krw(-1n), 'amount_not_positive'],
    ['more than was paid', krw(10_001n), 'amount_above_refundable'],
    ['another currency', { minor: 100n, currency: 'GBP' as const }, 'currency_differs'],
  ])('of %s are refused', async (_, amount, code) => {
    await expect(ask(await paid(), { amount })).rejects.toEqual(coded(code))
  })

  const refused = async (): Promise<{ billId: string; refundId: string }> => {
    const billId = await paid()
    const [refundId = ''] = (await ask(billId, { cancelCharge: true })).refundIds
    await store.run((tx) => beginRefund(tx, refundId, NOW))
    await store.run((tx) => recordRefund(tx, refundId, { status: 'failed', code: 'card_closed' }, NOW))
    return { billId, refundId }
  }
  const account = { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' }
  const give = (refundId: string) => store.run((tx) => giveRefundAccount(tx, { refundId, account, actor: 'citizen' }, NOW))

  it('without a way back go on once an account is given, under a key of their own', async () => {
    const { billId, refundId } = await refused()
    expect(await bill(billId)).toMatchObject({ stage: 'refund' })
    const { wakes } = await give(refundId)
    expect(wakes).toMatchObject([{ billId, kind: 'refundAccountGiven' }])
    expect(await store.sql`select closed_at from exceptions where subject_id = ${refundId}`).toEqual([{ closed_at: NOW }])
    const begun = await store.run((tx) => beginRefund(tx, refundId, NOW))
    expect(begun).toMatchObject({ open: true, askFirst: false, key: `${refundId}-2`, account })
    await expect(give(refundId)).rejects.toEqual(coded('refund_needs_no_account'))
    // Nothing of the account is in the log, and nothing is left of it once the money is there.
    await succeed(refundId)
    expect(await store.sql`select from refund_accounts where refund_id = ${refundId}`).toHaveLength(0)
    const log = await store.sql<{ body: string }[]>`select body from log where subject = ${`bill:${billId}`}`
    expect(log.filter(({ body }) => body.includes('456789') || body.includes('김하늘'))).toEqual([])
    expect(await bill(billId)).toMatchObject({ status: 'paid', refunded_minor: 10_000n, cancelled_minor: 10_000n })
  })

  it('that the gateway pays to no account are paid out by a person, out of the bank', async () => {
    const { refundId, billId } = await refused()
    const pay = (reference: string) =>
      store.run((tx) => payOutRefund(tx, { refundId, reference, paidAt: NOW + HOUR, actor: 'key:test' }, NOW + HOUR))
    await expect(pay('t-1')).rejects.toEqual(coded('refund_not_payable'))
    await give(refundId)
    await store.run((tx) => beginRefund(tx, refundId, NOW))
    await store.run((tx) => awaitPayout(tx, refundId, NOW))
    expect(await store.sql`select kind, owner from exceptions where subject_id = ${refundId} and closed_at is null`).toEqual([
      { kind: 'refundPayout', owner: 'operations' },
    ])
    // The bank says that there is no such account: the citizen is asked again.
    await store.run((tx) => refuseRefundAccount(tx, { refundId, actor: 'key:test' }, NOW))
    expect(await refund(refundId)).toMatchObject({ state: 'awaitingAccount', failure_code: 'account_refused' })
    await give(refundId)
    await store.run((tx) => beginRefund(tx, refundId, NOW))
    await store.run((tx) => awaitPayout(tx, refundId, NOW))
    const results = await atOnce(5, () => pay(`t-${refundId}`))
    expect([wins(results), new Set(refusals(results))]).toEqual([1, new Set(['refund_not_payable'])])
    expect(await refund(refundId)).toMatchObject({ state: 'succeeded', from_bank: true, settled_at: NOW + HOUR, attempt: 3 })
    expect(await bill(billId)).toMatchObject({ refund_settled_minor: 10_000n, settled_minor: -10_000n })
    const entries = await store.sql`
      select e.account, e.side, e.amount_minor from ledger_entries e join ledger_transactions t on t.id = e.transaction_id where t.refund_id = ${refundId} order by e.line`
    expect(entries).toEqual([
      { account: 'payable', side: 'debit', amount_minor: 10_000n },
      { account: 'bank', side: 'credit', amount_minor: 10_000n },
    ])
  })
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { recordTransfer, type Transfer } from '../../store/commands/record-transfer.ts'
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

describeStore('recording a transfer', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  let seen = 0
  const transfer = (billId: string, input: Partial<Transfer> = {}): Transfer => ({
    gateway: 'bank',
    reference: `line-${++seen}`,
    method: 'bankTransfer',
    amount: { minor: 10_000n, currency: 'KRW' },
    paidAt: NOW,
    paidAtSource: 'bank',
    billId,
    ...input,
  })
  const record = (input: Transfer, now = NOW) => store.run((tx) => recordTransfer(tx, input, now))
  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const booked = async (paymentId: string): Promise<Record<string, bigint>> => {
    const rows = await store.sql<{ account: string; sum: bigint }[]>`
      select e.account, sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end)::bigint as sum
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id where t.payment_id = ${paymentId} group by 1`
    return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]))
  }
  const refunds = (paymentId: string) => store.sql`select amount_minor, reason, state from refunds where payment_id = ${paymentId}`

  it('that the bank shows settles its bill at once: the money has arrived', async () => {
    const billId = await town.issued()
    const { paymentId, wakes } = await record(transfer(billId, { paidAt: NOW + HOUR }), NOW + DAY)
    expect(wakes).toMatchObject([{ billId, kind: 'paymentReceived' }])
    expect(await bill(billId)).toMatchObject({
      status: 'settled',
      paid_minor: 10_000n,
      settled_minor: 10_000n,
      paid_at: NOW + HOUR,
      stage: 'closed',
    })
    expect(await one(store.sql, 'payments', paymentId)).toMatchObject({
      state: 'settled',
      settled_at: NOW + HOUR,
      recorded_at: NOW + DAY,
      checkout_id: null,
      paid_at_source: 'bank',
    })
    expect(await booked(paymentId)).toEqual({ bank: 10_000n, payable: -10_000n })
  })

  it('that the gateway tells of waits for its settlement file', async () => {
    const billId = await town.issued()
    const { paymentId } = await record(transfer(billId, { gateway: 'gate', method: 'virtualAccount', paidAtSource: 'gateway' }))
    expect(await bill(billId)).toMatchObject({ status: 'paid', settled_minor: 0n })
    expect(await one(store.sql, 'payments', paymentId)).toMatchObject({ state: 'captured', settled_at: null })
    expect(await booked(paymentId)).toEqual({ gatewayClearing: 10_000n, payable: -10_000n })
  })

  it('in parts pays the bill when the last one comes', async () => {
    const billId = await town.issued()
    for (const minor of [3_000n, 3_000n]) await record(transfer(billId, { amount: { minor, currency: 'KRW' } }))
    expect(await bill(billId)).toMatchObject({ status: 'issued', paid_minor: 6_000n, settled_minor: 6_000n })
    await capture(store, await open(store, [billId]))
    // The card's part is still with its gateway.
    expect(await bill(billId)).toMatchObject({ status: 'paid', paid_minor: 10_000n, settled_minor: 6_000n })
  })

  it('is recorded once, whoever sees it and however often', async () => {
    const billId = await town.issued()
    const input = transfer(billId)
    const results = await atOnce(10, () => record(input))
    expect(wins(results)).toBe(10)
    expect(new Set(results.map((result) => result.status === 'fulfilled' && result.value.paymentId)).size).toBe(1)
    expect(await bill(billId)).toMatchObject({ paid_minor: 10_000n })
    await expect(record({ ...input, amount: { minor: 9_999n, currency: 'KRW' } })).rejects.toEqual(coded('payment_differs'))
  })

  it('of what was paid by card already goes back', async () => {
    const billId = await town.issued()
    await capture(store, await open(store, [billId]))
    const { paymentId, wakes } = await record(transfer(billId), NOW + 5 * DAY)
    expect(wakes).toMatchObject([{ billId, kind: 'refundRequested' }])
    expect(await refunds(paymentId)).toEqual([{ amount_minor: 10_000n, reason: 'paidTwice', state: 'requested' }])
    expect(await booked(paymentId)).toEqual({ bank: 10_000n, refundPayable: -10_000n })
  })

  it('over too much gives back the rest, and all of it where the bill was cancelled', async () => {
    const billId = await town.issued()
    const more = await record(transfer(billId, { amount: { minor: 12_500n, currency: 'KRW' } }))
    expect(await refunds(more.paymentId)).toEqual([{ amount_minor: 2_500n, reason: 'paidTwice', state: 'requested' }])
    const gone = await town.issued()
    await store.run((tx) => cancelBill(tx, { billId: gone, reason: 'x', actor: 'test' }, NOW))
    const late = await record(transfer(gone))
    expect(await refunds(late.paymentId)).toEqual([{ amount_minor: 10_000n, reason: 'billClosed', state: 'requested' }])
  })

  it('in another currency pays nothing and is held for somebody to look', async () => {
    const billId = await town.issued()
    const { paymentId } = await record(transfer(billId, { amount: { minor: 10_000n, currency: 'GBP' } }))
    expect(await bill(billId)).toMatchObject({ status: 'issued', paid_minor: 0n })
    expect(await booked(paymentId)).toEqual({ bank: 10_000n, suspense: -10_000n })
    expect(await store.sql`select kind, owner from exceptions where subject_id = ${paymentId}`).toEqual([
      { kind: 'amountDiffers', owner: 'operations' },
    ])
  })

  it('to a bill that is not there is refused', async () => {
    await expect(record(transfer('bill_none'))).rejects.toEqual(coded('bill_not_found'))
  })
})

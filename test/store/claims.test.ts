import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { ClaimedBack } from '../../domain/ports/gateway.ts'
import { recordClaim } from '../../store/commands/take-back-payment.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { capture, citizen, describeStore, HOUR, type Institution, NOW, one, open, openStore, type Store } from './support.ts'

describeStore('a payment that somebody claims back', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  let people = 0
  const paid = async (count = 1): Promise<{ bills: string[]; paymentId: string }> => {
    const who = { citizen: citizen(`claim-${++people}`) }
    const bills = await Promise.all(Array.from({ length: count }, () => town.issued(who)))
    const checkoutId = await open(store, bills)
    await capture(store, checkoutId)
    const [payment] = await store.sql<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`
    return { bills: bills.sort(), paymentId: payment?.id ?? '' }
  }
  const claim = (paymentId: string, state: ClaimedBack['state'] | null) =>
    store.run((tx) =>
      recordClaim(tx, paymentId, state === null ? null : { state, reference: `cb-${paymentId}`, at: NOW + HOUR }, NOW + HOUR),
    )
  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const open_ = (paymentId: string) => store.sql`select kind from exceptions where subject_id = ${paymentId} and closed_at is null`

  it('is disputed: it counts, and a person looks; when the dispute is won nothing has happened', async () => {
    const { bills, paymentId } = await paid()
    await claim(paymentId, 'disputed')
    await claim(paymentId, 'disputed')
    expect(await one(store.sql, 'payments', paymentId)).toMatchObject({ state: 'disputed' })
    expect(await bill(bills[0] ?? '')).toMatchObject({ status: 'paid', refunded_minor: 0n })
    expect(await open_(paymentId)).toEqual([{ kind: 'paymentDisputed' }])
    await claim(paymentId, null)
    expect(await one(store.sql, 'payments', paymentId)).toMatchObject({ state: 'captured' })
    expect(await open_(paymentId)).toEqual([])
  })

  it('is lost: every bill of it is owed again, once, and booked', async () => {
    const { bills, paymentId } = await paid(2)
    const wakes = await claim(paymentId, 'reversed')
    expect(wakes.map(({ billId, kind }) => ({ billId, kind }))).toEqual(bills.map((billId) => ({ billId, kind: 'paymentTakenBack' })))
    expect(await claim(paymentId, 'reversed')).toEqual([])
    for (const billId of bills) expect(await bill(billId)).toMatchObject({ status: 'issued', paid_minor: 10_000n, refunded_minor: 10_000n })
    expect(await one(store.sql, 'payments', paymentId)).toMatchObject({ state: 'reversed' })
    expect(
      await store.sql`select reference, state, taken_back, amount_minor from refunds where payment_id = ${paymentId} order by id`,
    ).toEqual(
      expect.arrayContaining(
        [1, 2].map((n) => ({ reference: `cb-${paymentId}#${n}`, state: 'succeeded', taken_back: true, amount_minor: 10_000n })),
      ),
    )
    const [sums] = await store.sql`
      select sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end) filter (where e.account = 'gatewayClearing')::bigint as gateway,
        sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end) filter (where e.account = 'payable')::bigint as payable
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where t.payment_id = ${paymentId} or t.refund_id in (select id from refunds where payment_id = ${paymentId})`
    expect(sums).toEqual({ gateway: 0n, payable: 0n })
    // It can be paid again.
    await capture(store, await open(store, bills))
    for (const billId of bills) expect(await bill(billId)).toMatchObject({ status: 'paid', paid_minor: 20_000n })
  })

  it('is taken back by the bank, out of the bank, together with what was about to be refunded', async () => {
    const billId = await town.issued()
    const transfer = {
      gateway: 'bank',
      reference: billId,
      method: 'bankTransfer',
      amount: { minor: 12_000n, currency: 'KRW' },
      paidAt: NOW,
      paidAtSource: 'bank',
      billId,
    } as const
    const { paymentId } = await store.run((tx) => recordTransfer(tx, transfer, NOW))
    expect(await bill(billId)).toMatchObject({ status: 'settled' })
    await claim(paymentId, 'returned')
    expect(await bill(billId)).toMatchObject({
      status: 'issued',
      refunded_minor: 10_000n,
      settled_minor: 0n,
      refund_settled_minor: 10_000n,
    })
    expect(
      await store.sql`select amount_minor, state, from_bank from refunds where payment_id = ${paymentId} order by amount_minor`,
    ).toEqual([
      { amount_minor: 2_000n, state: 'succeeded', from_bank: true },
      { amount_minor: 10_000n, state: 'succeeded', from_bank: true },
    ])
    expect(await open_(paymentId)).toEqual([{ kind: 'paymentTakenBack' }])
  })
})

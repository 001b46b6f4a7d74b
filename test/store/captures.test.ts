import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { look } from '../../store/commands/look.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { atOnce, capture, citizen, describeStore, HOUR, type Institution, NOW, one, open, openStore, type Store, wins } from './support.ts'

describeStore('recording a payment', () => {
  let store: Store
  let town: Institution
  let city: Institution
  beforeAll(async () => {
    store = await openStore()
    ;[town, city] = await Promise.all([store.institution(), store.institution()])
  })
  afterAll(() => store.close())

  let people = 0
  const bills = async (...institutions: Institution[]): Promise<string[]> => {
    const who = citizen(`payer-${++people}`)
    const made = await Promise.all(institutions.map((institution) => institution.issued({ citizen: who })))
    return made.sort()
  }
  const cancel = (billId: string): Promise<unknown> => store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))
  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const outcomes = async (checkoutId: string): Promise<unknown[]> =>
    (await store.sql`select outcome from checkout_bills where checkout_id = ${checkoutId} order by bill_id`).map(
      (row): unknown => row['outcome'],
    )
  const refunds = (checkoutId: string) =>
    store.sql`select r.bill_id, r.amount_minor, r.state, r.reason, r.from_allocation from refunds r join payments p on p.id = r.payment_id where p.checkout_id = ${checkoutId} order by r.bill_id`
  const payments = (checkoutId: string) =>
    store.sql`select amount_minor, currency, state, method, reference, paid_at, paid_at_source, recorded_at from payments where checkout_id = ${checkoutId}`
  /** Debits less credits by account, of the payment of a checkout. */
  const booked = async (checkoutId: string): Promise<Record<string, bigint>> => {
    const rows = await store.sql<{ account: string; sum: bigint }[]>`
      select e.account, sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end)::bigint as sum
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id join payments p on p.id = t.payment_id where p.checkout_id = ${checkoutId} group by 1`
    return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]))
  }
  const exceptions = (checkoutId: string) =>
    store.sql`select e.kind, e.owner from exceptions e join payments p on p.id = e.subject_id where p.checkout_id = ${checkoutId}`

  it('settles every bill of the checkout, and owes each institution its part', async () => {
    const all = await bills(town, city, city)
    const checkoutId = await open(store, all)
    const wakes = await capture(store, checkoutId, undefined, NOW + HOUR)
    expect(wakes.map(({ billId, kind }) => ({ billId, kind }))).toEqual(all.map((billId) => ({ billId, kind: 'paymentReceived' })))
    for (const billId of all)
      expect(await bill(billId)).toMatchObject({
        status: 'paid',
        paid_minor: 10_000n,
        paid_at: NOW + HOUR,
        checkout_id: null,
        stage: 'reconcile',
      })
    expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state: 'paid', ended_at: NOW + HOUR })
    expect(await payments(checkoutId)).toEqual([
      {
        amount_minor: 30_000n,
        currency: 'KRW',
        state: 'captured',
        method: 'card',
        reference: `ref-${checkoutId}`,
        paid_at: NOW + HOUR,
        paid_at_source: 'gateway',
        recorded_at: NOW + HOUR,
      },
    ])
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 30_000n, payable: -30_000n })
    const owed =
      await store.sql`select holder, sum(amount_minor)::bigint as sum from ledger_entries where bill_id = any(${all}) and account = 'payable' group by 1 order by 2`
    expect(owed).toEqual([
      { holder: town.id, sum: 10_000n },
      { holder: city.id, sum: 20_000n },
    ])
    expect(await outcomes(checkoutId)).toEqual(['allocated', 'allocated', 'allocated'])
    expect(await exceptions(checkoutId)).toHaveLength(0)
  })

  it('records one payment of ten reports at once, and none of a later one', async () => {
    const all = await bills(town, city)
    const checkoutId = await open(store, all)
    const results = await atOnce(10, () => capture(store, checkoutId))
    expect(wins(results)).toBe(10)
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value.length : -1)).sort()).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
    ])
    expect(await capture(store, checkoutId, undefined, NOW + HOUR)).toEqual([])
    expect(await payments(checkoutId)).toHaveLength(1)
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 20_000n, payable: -20_000n })
    expect(await bill(all[0] ?? '')).toMatchObject({ paid_minor: 10_000n })
  })

  it('gives back the part of a bill that was cancelled while the citizen paid, and settles the others', async () => {
    const all = await bills(town, city, town)
    const checkoutId = await open(store, all)
    await cancel(all[1] ?? '')
    const wakes = await capture(store, checkoutId)
    expect(wakes.map(({ kind }) => kind)).toEqual(['paymentReceived', 'refundRequested', 'paymentReceived'])
    expect(await outcomes(checkoutId)).toEqual(['allocated', 'refunded', 'allocated'])
    expect(await refunds(checkoutId)).toEqual([
      { bill_id: all[1], amount_minor: 10_000n, state: 'requested', reason: 'billClosed', from_allocation: false },
    ])
    expect(await bill(all[1] ?? '')).toMatchObject({ status: 'cancelled', paid_minor: 0n, checkout_id: null, stage: 'refund' })
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 30_000n, payable: -20_000n, refundPayable: -10_000n })
    expect(await exceptions(checkoutId)).toHaveLength(0)
  })

  it('gives back what was paid twice', async () => {
    const [billId = ''] = await bills(town)
    const first = await open(store, [billId])
    await store.run((tx) => endCheckout(tx, first, 'expire', { now: NOW }))
    const second = await open(store, [billId])
    await capture(store, second)
    // The gateway changed its mind about the first one after saying "no".
    await capture(store, first)
    expect(await refunds(first)).toEqual([
      { bill_id: billId, amount_minor: 10_000n, state: 'requested', reason: 'paidTwice', from_allocation: false },
    ])
    expect(await refunds(second)).toHaveLength(0)
    expect(await bill(billId)).toMatchObject({ status: 'paid', paid_minor: 10_000n })
    expect(await outcomes(first)).toEqual(['refunded'])
  })

  it('leaves the claim of another checkout alone', async () => {
    const [billId = ''] = await bills(town)
    const first = await open(store, [billId])
    await store.run((tx) => endCheckout(tx, first, 'expire', { now: NOW }))
    const second = await open(store, [billId])
    await capture(store, first)
    expect(await bill(billId)).toMatchObject({ status: 'paid', checkout_id: second })
    await capture(store, second)
    expect(await bill(billId)).toMatchObject({ paid_minor: 10_000n, checkout_id: null })
    expect(await refunds(second)).toMatchObject([{ reason: 'paidTwice' }])
  })

  it('holds what is too much where the policy says so', async () => {
    const holding = await store.institution({ onExcess: 'hold' })
    const [billId = ''] = await bills(holding)
    const checkoutId = await open(store, [billId])
    await cancel(billId)
    await capture(store, checkoutId)
    expect(await outcomes(checkoutId)).toEqual(['held'])
    expect(await refunds(checkoutId)).toHaveLength(0)
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 10_000n, suspense: -10_000n })
    expect(await store.sql`select action from log where subject = ${`bill:${billId}`} order by seq desc limit 1`).toEqual([
      { action: 'excessHeld' },
    ])
  })

  it('shares a payment that is too small in the bills’ order, and releases those it does not reach', async () => {
    const all = await bills(town, city, town)
    const checkoutId = await open(store, all)
    for (const billId of all) await store.run((tx) => look(tx, billId, NOW))
    await capture(store, checkoutId, 15_000n)
    expect(await Promise.all(all.map(async (billId) => (await bill(billId))['paid_minor']))).toEqual([10_000n, 5_000n, 0n])
    expect(await Promise.all(all.map(async (billId) => (await bill(billId))['status']))).toEqual(['paid', 'issued', 'issued'])
    expect(await outcomes(checkoutId)).toEqual(['allocated', 'allocated', 'released'])
    expect(await store.sql`select kind from facts where bill_id = ${all[2] ?? ''} and subject_id = ${checkoutId}`).toEqual([
      { kind: 'checkoutEnded' },
    ])
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 15_000n, payable: -15_000n })
    expect(await exceptions(checkoutId)).toEqual([{ kind: 'amountDiffers', owner: 'operations' }])
    // What is left can be paid.
    await capture(store, await open(store, all.slice(1)))
    expect(await bill(all[1] ?? '')).toMatchObject({ status: 'paid', paid_minor: 10_000n })
  })

  it('holds what was never asked for, and lets somebody look', async () => {
    const all = await bills(town)
    const checkoutId = await open(store, all)
    await capture(store, checkoutId, 12_000n)
    expect(await bill(all[0] ?? '')).toMatchObject({ status: 'paid', paid_minor: 10_000n })
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 12_000n, payable: -10_000n, suspense: -2_000n })
    expect(await exceptions(checkoutId)).toEqual([{ kind: 'amountDiffers', owner: 'operations' }])
    expect(await store.sql`select action from log where subject = ${`bill:${all[0] ?? ''}`} and action = 'amountDiffers'`).toHaveLength(1)
  })

  it('pays no bill with money of another currency', async () => {
    const all = await bills(town)
    const checkoutId = await open(store, all)
    await store.run((tx) =>
      recordCapture(tx, checkoutId, { status: 'captured', amount: { minor: 10_000n, currency: 'GBP' }, method: 'card', paidAt: NOW }, NOW),
    )
    expect(await bill(all[0] ?? '')).toMatchObject({ status: 'issued', paid_minor: 0n, checkout_id: null })
    expect(await payments(checkoutId)).toMatchObject([{ amount_minor: 10_000n, currency: 'GBP' }])
    expect(await booked(checkoutId)).toEqual({ gatewayClearing: 10_000n, suspense: -10_000n })
    expect(await outcomes(checkoutId)).toEqual(['released'])
    expect(await exceptions(checkoutId)).toHaveLength(1)
  })

  it('counts from the payment’s own time, though we hear of it late', async () => {
    const all = await bills(town)
    const checkoutId = await open(store, all)
    await store.run((tx) =>
      recordCapture(
        tx,
        checkoutId,
        { status: 'captured', amount: { minor: 10_000n, currency: 'KRW' }, method: 'bankAccount', paidAt: NOW - HOUR },
        NOW + HOUR,
      ),
    )
    expect(await bill(all[0] ?? '')).toMatchObject({ paid_at: NOW - HOUR })
    expect(await payments(checkoutId)).toMatchObject([{ paid_at: NOW - HOUR, recorded_at: NOW + HOUR }])
  })

  it('refuses a payment of a checkout that never had a page, and writes nothing', async () => {
    const all = await bills(town)
    const citizenId = (await bill(all[0] ?? ''))['citizen_id'] as string
    const { checkoutId } = await store.run((tx) =>
      beginCheckout(tx, { citizenId, billIds: all, gateway: 'gate', language: 'ko', returnPath: '/', actor: 'citizen' }, NOW),
    )
    await expect(capture(store, checkoutId)).rejects.toThrow('captured without a session')
    expect(await payments(checkoutId)).toHaveLength(0)
  })

  describe('against what happens at the same moment', () => {
    it('a cancellation: the bill is paid, or cancelled and refunded, and never both', async () => {
      for (let round = 0; round < 10; round++) {
        const [billId = ''] = await bills(town)
        const checkoutId = await open(store, [billId])
        const [paid, cancelled] = await Promise.allSettled([capture(store, checkoutId), cancel(billId)])
        expect(paid.status).toBe('fulfilled')
        const row = await bill(billId)
        if (cancelled.status === 'fulfilled')
          expect([row['status'], row['paid_minor'], (await refunds(checkoutId)).length]).toEqual(['cancelled', 0n, 1])
        else expect([row['status'], row['paid_minor'], (await refunds(checkoutId)).length]).toEqual(['paid', 10_000n, 0])
      }
    })

    it('the end of its checkout: money is recorded whichever comes first', async () => {
      for (let round = 0; round < 5; round++) {
        const [billId = ''] = await bills(town)
        const checkoutId = await open(store, [billId])
        const results = await Promise.allSettled([
          capture(store, checkoutId),
          store.run((tx) => endCheckout(tx, checkoutId, 'expire', { now: NOW })),
        ])
        expect(wins(results)).toBe(2)
        expect(await bill(billId)).toMatchObject({ status: 'paid', checkout_id: null })
        expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state: 'paid' })
        expect(await outcomes(checkoutId)).toEqual(['allocated'])
      }
    })
  })
})

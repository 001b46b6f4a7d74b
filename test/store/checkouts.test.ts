import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BillClaimedError, beginCheckout, CHECKOUT_BILLS_MAX, type NewCheckout } from '../../store/commands/begin-checkout.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import {
  atOnce,
  capture,
  citizen,
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

describeStore('checkouts', () => {
  let store: Store
  let town: Institution
  let other: Institution
  beforeAll(async () => {
    store = await openStore()
    ;[town, other] = await Promise.all([store.institution(), store.institution({ checkout: { expiresAfter: 'PT20M', askEvery: 'PT1M' } })])
  })
  afterAll(() => store.close())

  const citizenOf = async (billId: string): Promise<string> => (await one(store.sql, 'bills', billId))['citizen_id'] as string
  async function begin(billIds: readonly string[], input: Partial<NewCheckout> = {}): Promise<string> {
    const citizenId = input.citizenId ?? (await citizenOf(billIds[0] ?? ''))
    const { checkoutId } = await store.run((tx) =>
      beginCheckout(tx, { billIds, gateway: 'gate', language: 'ko', returnPath: '/', actor: 'citizen', ...input, citizenId }, NOW),
    )
    return checkoutId
  }
  const ofOne = (word: string, count: number, institution = town): Promise<string[]> =>
    Promise.all(Array.from({ length: count }, () => institution.issued({ citizen: citizen(word) })))
  const claims = async (billIds: readonly string[]): Promise<unknown[]> =>
    (await store.sql`select checkout_id from bills where id = any(${billIds as string[]}) order by id`).map(
      (row): unknown => row['checkout_id'],
    )

  describe('beginning one', () => {
    it('claims the bills of several institutions and fixes the amount', async () => {
      const bills = [...(await ofOne('ann', 2)), ...(await ofOne('ann', 1, other))].sort()
      const checkoutId = await begin(bills)
      expect(await claims(bills)).toEqual([checkoutId, checkoutId, checkoutId])
      // The shortest time that one of their policies gives the citizen.
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({
        state: 'claimed',
        amount_minor: 30_000n,
        currency: 'KRW',
        mode: 'test',
        expires_at: NOW + HOUR / 3,
        session_url: null,
      })
      expect(
        await store.sql`select bill_id, amount_minor, outcome from checkout_bills where checkout_id = ${checkoutId} order by bill_id`,
      ).toEqual(bills.map((bill_id) => ({ bill_id, amount_minor: 10_000n, outcome: null })))
    })

    it('asks for what is still owed', async () => {
      const [billId = ''] = await ofOne('bob', 1)
      await capture(store, await open(store, [billId]), 3_500n)
      expect(await one(store.sql, 'checkouts', await begin([billId]))).toMatchObject({ amount_minor: 6_500n })
    })

    it('takes a bill that is named twice once', async () => {
      const [billId = ''] = await ofOne('eve', 1)
      expect(await one(store.sql, 'checkouts', await begin([billId, billId]))).toMatchObject({ amount_minor: 10_000n })
    })

    it('refuses bills of somebody else as if they were not there, and claims none', async () => {
      const [mine = '', theirs = ''] = [(await ofOne('mia', 1))[0], (await ofOne('tom', 1))[0]]
      const citizenId = await citizenOf(mine)
      await expect(begin([mine, theirs], { citizenId })).rejects.toEqual(coded('bill_not_found'))
      await expect(begin([mine, 'bill_none'], { citizenId })).rejects.toEqual(coded('bill_not_found'))
      expect(await claims([mine, theirs])).toEqual([null, null])
    })

    it('refuses what cannot be paid: not issued, paid, cancelled, without an amount', async () => {
      const word = 'zoe'
      const [paid = '', cancelled = ''] = await ofOne(word, 2)
      await capture(store, await open(store, [paid]))
      await store.run((tx) => cancelBill(tx, { billId: cancelled, reason: 'x', actor: 'test' }, NOW))
      const received = await town.bill({ citizen: citizen(word) })
      const notice = await town.issued({ citizen: citizen(word), amount: null })
      for (const billId of [paid, cancelled, received, notice]) await expect(begin([billId])).rejects.toEqual(coded('bill_not_payable'))
    })

    it('refuses currencies or modes together, no bills, and too many', async () => {
      const word = 'max'
      const [won = ''] = await ofOne(word, 1)
      const pounds = await town.issued({ citizen: citizen(word), currency: 'GBP' })
      const live = await town.issued({ citizen: citizen(word), mode: 'live' })
      await expect(begin([won, pounds])).rejects.toEqual(coded('currencies_differ'))
      await expect(begin([won, live])).rejects.toEqual(coded('modes_differ'))
      await expect(begin([], { citizenId: await citizenOf(won) })).rejects.toEqual(coded('bills_missing'))
      await expect(
        begin(
          Array.from({ length: CHECKOUT_BILLS_MAX + 1 }, (_, index) => `${won}${index}`),
          { citizenId: await citizenOf(won) },
        ),
      ).rejects.toEqual(coded('too_many_bills'))
      expect(await claims([won, pounds, live])).toEqual([null, null, null])
    })

    it('says which checkout holds a bill', async () => {
      const bills = await ofOne('joe', 2)
      const first = await begin(bills.slice(0, 1))
      const refusal = await begin(bills).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(BillClaimedError)
      expect(refusal).toMatchObject({ code: 'bill_in_checkout', checkoutId: first })
    })

    it('lets one of two over the same bills through, in whatever order they name them', async () => {
      for (let round = 0; round < 5; round++) {
        const bills = await ofOne(`round-${round}`, 4)
        const results = await atOnce(8, (index) => begin(index % 2 === 0 ? bills.slice(0, 3) : [...bills].reverse().slice(0, 3)))
        expect(wins(results)).toBe(1)
        expect(new Set(refusals(results))).toEqual(new Set(['bill_in_checkout']))
        const held = (await claims(bills)).filter((claim) => claim !== null)
        expect([held.length, new Set(held).size]).toEqual([3, 1])
      }
    })
  })

  describe('the payment page', () => {
    it('is recorded, and again after a restart', async () => {
      const checkoutId = await begin(await ofOne('pat', 1))
      for (let time = 0; time < 2; time++)
        await store.run((tx) => openCheckout(tx, checkoutId, { reference: 'r-pat', url: 'https://gateway.example/pat' }))
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({
        state: 'open',
        session_reference: 'r-pat',
        session_url: 'https://gateway.example/pat',
      })
    })

    it('that comes after the end changes nothing', async () => {
      const checkoutId = await begin(await ofOne('ted', 1))
      await store.run((tx) => endCheckout(tx, checkoutId, 'fail', { now: NOW, code: 'session_refused' }))
      await store.run((tx) => openCheckout(tx, checkoutId, { reference: 'r-ted', url: 'https://gateway.example/ted' }))
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({
        state: 'failed',
        session_url: null,
        failure_code: 'session_refused',
      })
    })

    it('of a checkout that is not there is refused', async () => {
      await expect(store.run((tx) => openCheckout(tx, 'chk_none', { reference: 'r', url: 'u' }))).rejects.toEqual(
        coded('checkout_not_found'),
      )
    })
  })

  describe('ending one without money', () => {
    it.each([
      ['fail', 'failed'],
      ['cancel', 'cancelled'],
      ['expire', 'expired'],
    ] as const)('%s lets the bills go, once', async (event, state) => {
      const bills = await ofOne(`end-${event}`, 2)
      const checkoutId = await open(store, bills)
      const results = await atOnce(10, () => store.run((tx) => endCheckout(tx, checkoutId, event, { now: NOW + HOUR })))
      const wakes = results.map((result) => (result.status === 'fulfilled' ? result.value.length : -1))
      // Nothing that the plan says hangs on the claim yet, so no run is woken; the fact is kept all the same.
      expect(wakes).toEqual(Array.from({ length: 10 }, () => 0))
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state, ended_at: NOW + HOUR })
      expect(await claims(bills)).toEqual([null, null])
      expect(await store.sql`select distinct outcome from checkout_bills where checkout_id = ${checkoutId}`).toEqual([
        { outcome: 'released' },
      ])
      expect(await store.sql`select kind from facts where subject_id = ${checkoutId}`).toHaveLength(2)
      await begin(bills)
    })

    it('wakes the bill’s run where a reminder waited for the citizen', async () => {
      const soon = await store.institution({ chain: [], due: { from: 'issue', after: 'PT2H' }, handBackAfter: 'PT0S' })
      const billId = await soon.issued()
      const checkoutId = await open(store, [billId])
      expect(await store.run((tx) => endCheckout(tx, checkoutId, 'cancel', { now: NOW }))).toMatchObject([
        { billId, kind: 'checkoutEnded' },
      ])
    })

    it('does not take a claim from the checkout that came after it', async () => {
      const [billId = ''] = await ofOne('next', 1)
      const first = await open(store, [billId])
      await store.run((tx) => endCheckout(tx, first, 'cancel', { now: NOW }))
      const second = await open(store, [billId])
      await store.run((tx) => endCheckout(tx, first, 'expire', { now: NOW + HOUR }))
      expect(await claims([billId])).toEqual([second])
      expect(await one(store.sql, 'checkouts', first)).toMatchObject({ state: 'cancelled' })
    })

    it('is too late once it was paid', async () => {
      const [billId = ''] = await ofOne('late', 1)
      const checkoutId = await open(store, [billId])
      await capture(store, checkoutId)
      expect(await store.run((tx) => endCheckout(tx, checkoutId, 'expire', { now: NOW }))).toEqual([])
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state: 'paid' })
    })
  })
})

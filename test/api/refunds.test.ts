import { beforeAll, describe, expect, it } from '@jest/globals'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const krw = (amount: unknown, currency: unknown = 'KRW'): object => ({ amount, currency })

describeIf(missing === null, missing ?? '')('refunds, payments and kept money over the API', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })

  let seen = 0
  /** A bill over 128,500 won that a transfer has paid. */
  const paid = async (amount = 128_500n): Promise<{ billId: string; paymentId: string }> => {
    const { id } = await world().bill(city)
    const billId = id as string
    await issue(world(), billId)
    const { paymentId } = await transaction(world().root.sql, (tx) =>
      recordTransfer(
        tx,
        {
          gateway: 'test',
          reference: `t-${++seen}`,
          method: 'virtualAccount',
          amount: { minor: amount, currency: 'KRW' },
          paidAt: NOW,
          paidAtSource: 'gateway',
          billId,
        },
        NOW,
      ),
    )
    return { billId, paymentId }
  }
  const ask = (billId: string, changes: object = {}, key = city.key, idempotencyKey?: string) =>
    world().post(`/v1/bills/${billId}/refunds`, {
      key,
      body: { expectedRefundable: krw('128500'), reason: 'Sold in August', ...changes },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
  const get = (path: string, key = city.key) => world().get(path, { key })

  it('gives a part back, once however often it is asked under one key, and shows where it stands', async () => {
    const { billId, paymentId } = await paid()
    const first = await ask(billId, { amount: krw('28500'), cancelCharge: true }, city.key, 'once')
    expect(first).toMatchObject({
      status: 201,
      body: { data: [{ billId, paymentId, state: 'requested', amount: krw('28500'), cancelsCharge: true, note: 'Sold in August' }] },
    })
    expect((await ask(billId, { amount: krw('28500'), cancelCharge: true }, city.key, 'once')).body).toEqual(first.body)
    const [refund] = first.body.data
    expect((await get(`/v1/refunds/${refund?.id}`)).body).toEqual(refund)
    expect((await get(`/v1/refunds?bill=${billId}`)).body.data).toEqual([refund])
    expect((await get(`/v1/refunds?bill=${billId}&state=succeeded`)).body.data).toEqual([])
    expect((await get(`/v1/bills/${billId}`)).body).toMatchObject({ status: 'paid', next: { code: 'moneyWillGoBack' } })
    const second = await ask(billId, { amount: krw('1000'), expectedRefundable: krw('100000') })
    expect(second.status).toBe(201)
    const payment = {
      id: paymentId,
      method: 'virtualAccount',
      parts: [{ billId, allocated: krw('128500'), kept: krw('0'), refunded: krw('0') }],
    }
    expect((await get(`/v1/payments/${paymentId}`)).body).toMatchObject(payment)
    expect((await get(`/v1/payments?bill=${billId}&method=virtualAccount`)).body.data).toMatchObject([payment])
  })

  it('does nothing where something else can be refunded than was believed', async () => {
    const { billId } = await paid()
    const answer = await ask(billId, { expectedRefundable: krw('128499') })
    expect(answer).toMatchObject({ status: 409, body: { code: 'refundable_differs', pointer: '/expectedRefundable' } })
    expect(answer.text).toContain('128500 KRW')
    expect((await get(`/v1/refunds?bill=${billId}`)).body.data).toEqual([])
  })

  it('keeps institutions apart', async () => {
    const { billId, paymentId } = await paid()
    const { body } = await ask(billId)
    const refundId = body.data[0]?.id as string
    expect((await ask(billId, {}, water.key)).body.code).toBe('bill_not_found')
    for (const path of [`/v1/refunds/${refundId}`, `/v1/payments/${paymentId}`]) expect((await get(path, water.key)).status).toBe(404)
    for (const path of ['/v1/refunds', '/v1/payments', '/v1/excesses']) expect((await get(path, water.key)).body.data).toEqual([])
    const given = await world().post(`/v1/refunds/${refundId}/account`, {
      key: water.key,
      body: { bank: 'B', number: '1234-5678', holder: 'H' },
    })
    expect(given).toMatchObject({ status: 404, body: { code: 'refund_not_found' } })
  })

  it('takes an account for a refund that has no way back, shows it masked, and pays it out', async () => {
    const { billId } = await paid()
    const refundId = (await ask(billId)).body.data[0]?.id as string
    const { sql } = world().root
    const order = (verb: string, body: object) => world().post(`/v1/refunds/${refundId}/${verb}`, { key: city.key, body })
    const account = { bank: '국민은행', number: '110-123-456789', holder: '김하늘' }
    expect((await order('account', account)).body.code).toBe('refund_needs_no_account')
    await transaction(sql, (tx) => beginRefund(tx, refundId, NOW))
    await transaction(sql, (tx) => recordRefund(tx, refundId, { status: 'failed', code: 'account_closed' }, NOW))
    expect((await get(`/v1/refunds/${refundId}`)).body).toMatchObject({
      state: 'awaitingAccount',
      exception: { kind: 'refundWithoutRoute', owner: 'operations' },
    })
    expect((await order('account', account)).body).toMatchObject({
      state: 'requested',
      account: { bank: '국민은행', number: '****6789', holder: '김**' },
      exception: null,
    })
    expect((await order('payout', { reference: 'T-1' })).body.code).toBe('refund_not_payable')
  })

  describe('refuses', () => {
    it.each<[string, object, number, string]>([
      ['no belief', { expectedRefundable: undefined }, 422, 'property_missing'],
      ['a number for an amount', { amount: krw(5) }, 422, 'type_wrong'],
      ['zero', { amount: krw('0') }, 422, 'amount_not_positive'],
      ['less than zero', { amount: krw('-1') }, 422, 'amount_not_positive'],
      ['a fraction', { amount: krw('1.5') }, 422, 'amount_malformed'],
      ['too much', { amount: krw('128501') }, 409, 'amount_above_refundable'],
      ['more than 64 bits', { amount: krw('9'.repeat(30)) }, 422, 'amount_malformed'],
      ['another currency', { amount: krw('1.00', 'USD') }, 422, 'currency_differs'],
      ['another currency believed', { expectedRefundable: krw('1.00', 'USD') }, 422, 'currency_differs'],
      ['an unknown payment', { paymentId: `pay_${'0'.repeat(26)}` }, 404, 'payment_not_found'],
      ['a payment that is no id', { paymentId: "' or 1=1" }, 422, 'value_invalid'],
      ['a reason with a card number', { reason: '4111 1111 1111 1111' }, 422, 'card_number_refused'],
      ['an empty reason', { reason: '' }, 422, 'value_invalid'],
      ['an unknown field', { force: true }, 422, 'property_unknown'],
      ['a word for yes', { cancelCharge: 'yes' }, 422, 'type_wrong'],
    ])('%s', async (_, changes, status, code) => {
      const { billId } = await paid()
      expect(await ask(billId, changes)).toMatchObject({ status, body: { code } })
      expect((await get(`/v1/refunds?bill=${billId}`)).body.data).toEqual([])
    })

    it.each<[string, object]>([
      ['a number with blanks', { number: '110 123' }],
      ['a short number', { number: '123' }],
      ['a number of another script', { number: '１２３４５' }],
      ['an empty holder', { holder: '' }],
      ['a holder with a line end', { holder: 'A\nB' }],
      ['no bank', { bank: undefined }],
    ])('an account with %s', async (_, changes) => {
      const body = { bank: 'Bank', number: '110-123-456', holder: 'H', ...changes }
      expect((await world().post(`/v1/refunds/ref_${'0'.repeat(26)}/account`, { key: city.key, body })).status).toBe(422)
    })

    it.each([
      '/v1/refunds?state=lost',
      '/v1/payments?paidAfter=yesterday',
      '/v1/excesses?open=maybe',
      '/v1/refunds?cursor=x',
      '/v1/payments?bill=1',
    ])('%s', async (path) => {
      expect((await get(path)).status).toBe(400)
    })
  })
})

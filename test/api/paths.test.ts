import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { beginNotice, issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const krw = (amount: unknown, currency: unknown = 'KRW'): object => ({ amount: { amount, currency } })

describeIf(missing === null, missing ?? '')('what happens to a bill beside its payment', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  const post = (id: string, verb: string, body: object, idempotencyKey?: string): ReturnType<ReturnType<typeof world>['post']> =>
    world().post(`/v1/bills/${id}/${verb}`, { key: city.key, body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })

  it('moves the due date later, once per key, and shows why', async () => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    const order = { dueDate: '2027-01-31', reason: 'Granted on request' }
    const answer = await post(id, 'extend', order, 'once')
    expect(answer).toMatchObject({
      status: 200,
      body: {
        dueDate: '2027-01-31',
        dueAt: '2027-01-31T14:59:59.999Z',
        extensions: [{ dueDate: '2027-01-31', reason: 'Granted on request', byCitizen: false, at: new Date(NOW).toISOString() }],
      },
    })
    expect(await post(id, 'extend', order, 'once')).toMatchObject({ status: 200, text: answer.text })
    expect(await post(id, 'extend', order)).toMatchObject({ status: 422, body: { code: 'due_date_not_later', pointer: '/dueDate' } })
    const events = await world().get(`/v1/bills/${id}/events`, { key: city.key })
    expect(events.body.data.at(-1)).toMatchObject({ action: 'extended', body: { dueDate: '2027-01-31', reason: 'Granted on request' } })
  })

  it('corrects the amount, and serves whoever was shown the old one anew', async () => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    await beginNotice(world(), id)
    const answer = await post(id, 'amend', {
      ...krw('98500'),
      details: [{ label: '배기량', value: '1598' }],
      reason: 'The engine size was wrong',
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        revision: 2,
        details: [{ label: '배기량', value: '1598' }],
        amounts: { charged: { amount: '98500' }, owed: { amount: '98500' } },
        amendments: [
          {
            revision: 2,
            amountBefore: { amount: '128500' },
            amount: { amount: '98500' },
            dueDate: null,
            detailsChanged: true,
            servedAgain: true,
          },
        ],
        next: { code: 'noticeWillBeSent', key: 'notice:app:2' },
      },
    })
  })

  it('ends at its own end, where it has one', async () => {
    const bill = await world().bill(city, { validUntil: '2027-01-15' })
    expect(bill).toMatchObject({ validUntil: '2027-01-15', expiresAt: '2027-01-15T14:59:59.999Z' })
    const { body } = await world().get(`/v1/bills/${bill.id}/forecast`, { key: city.key })
    expect(body.steps.at(-1)).toMatchObject({ code: 'willExpire', at: '2027-01-15T15:00:00.000Z' })
    expect(await world().bill(city)).toMatchObject({ validUntil: null, expiresAt: null, revision: 1, extensions: [], amendments: [] })
  })

  it.each([
    ['before the issue', { validUntil: '2026-11-01' }, 'valid_until_before_issue'],
    ['of a notice', { validUntil: '2027-01-15', amount: null }, 'valid_until_without_amount'],
    ['that is no day', { validUntil: '2027-02-30' }, 'value_invalid'],
  ])('refuses an end %s', async (_, changes, code) => {
    await expect(world().bill(city, changes)).rejects.toThrow(code)
  })

  it.each<[string, string, object, string, string?]>([
    ['extend', 'no date', {}, 'property_missing', '/dueDate'],
    ['extend', 'a day that is not in the calendar', { dueDate: '2027-02-30' }, 'value_invalid', '/dueDate'],
    ['extend', 'the year 9999', { dueDate: '9999-01-01' }, 'date_out_of_range', '/dueDate'],
    ['extend', 'a date that has passed', { dueDate: '2026-11-01' }, 'due_date_past', '/dueDate'],
    ['extend', 'a number for a date', { dueDate: 20270131 }, 'type_wrong', '/dueDate'],
    ['extend', 'an actor of its own', { dueDate: '2027-01-31', actor: 'citizen' }, 'property_unknown', '/actor'],
    ['extend', 'a card number as the reason', { dueDate: '2027-01-31', reason: '4242 4242 4242 4242' }, 'card_number_refused', '/reason'],
    ['extend', 'a right-to-left override', { dueDate: '2027-01-31', reason: 'a\u202eb' }, 'text_forbidden', '/reason'],
    ['amend', 'nothing', {}, 'amendment_empty'],
    ['amend', 'no reason', { ...krw('5'), reason: undefined }, 'property_missing', '/reason'],
    ['amend', 'an amount of zero', krw('0'), 'amount_not_positive', '/amount/amount'],
    ['amend', 'an amount below zero', krw('-5'), 'amount_not_positive', '/amount/amount'],
    ['amend', 'half a won', krw('1.5'), 'amount_malformed', '/amount/amount'],
    ['amend', 'a number for an amount', krw(5), 'type_wrong', '/amount/amount'],
    ['amend', 'too much', krw('9000000000001'), 'amount_too_large', '/amount/amount'],
    ['amend', 'another currency', krw('5.00', 'GBP'), 'currency_differs', '/amount/currency'],
    ['amend', 'a currency that is none', krw('5', 'XXX'), 'currency_unknown', '/amount/currency'],
    ['amend', '21 details', { details: Array.from({ length: 21 }, () => ({ label: 'a', value: 'b' })) }, 'value_invalid', '/details'],
    [
      'amend',
      'a card number in a detail',
      { details: [{ label: 'a', value: '4242424242424242' }] },
      'card_number_refused',
      '/details/0/value',
    ],
    ['amend', 'a date that has passed', { dueDate: '2026-11-01' }, 'due_date_past', '/dueDate'],
    ['amend', 'a revision of its own', { ...krw('5'), revision: 9 }, 'property_unknown', '/revision'],
  ])('%s refuses %s', async (verb, _, given, code, ...[pointer]) => {
    const { id } = await world().bill(city)
    const answer = await post(id, verb, { reason: 'A reason', ...given })
    expect({ status: answer.status, code: answer.body.code, pointer: answer.body.pointer }).toEqual({ status: 422, code, pointer })
    expect((await world().get(`/v1/bills/${id}/events`, { key: city.key })).body.data).toHaveLength(1)
  })
})

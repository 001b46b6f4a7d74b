import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('objections over the API', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })

  type Asked = ReturnType<ReturnType<typeof world>['post']>
  const issued = async (): Promise<string> => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    return id
  }
  const file = (billId: string, body: object = { text: '이 차는\n6월에 팔았습니다.' }): Asked =>
    world().post(`/v1/bills/${billId}/objections`, { key: city.key, body })
  const decide = (id: string, body: object): Asked => world().post(`/v1/objections/${id}/decide`, { key: city.key, body })

  it('records one, pauses the bill, and decides it', async () => {
    const billId = await issued()
    const filed = await file(billId, { text: '이 차는\n6월에 팔았습니다.', receivedAt: '2026-11-23T09:00:00+09:00' })
    expect(filed).toMatchObject({
      status: 201,
      body: { bill: billId, state: 'filed', byCitizen: false, receivedAt: '2026-11-23T00:00:00.000Z', text: '이 차는\n6월에 팔았습니다.' },
    })
    const { id } = filed.body
    expect(await world().get(`/v1/bills/${billId}`, { key: city.key })).toMatchObject({
      body: { paused: true, objection: id, dueAt: null },
    })
    expect(await world().post(`/v1/bills/${billId}/resume`, { key: city.key, body: { reason: 'x' } })).toMatchObject({
      status: 409,
      body: { code: 'objection_open' },
    })
    expect(await decide(id, { outcome: 'partly', reason: 'Sold in June', amount: { amount: '64200', currency: 'KRW' } })).toMatchObject({
      status: 200,
      body: { state: 'partly', reason: 'Sold in June', amount: { amount: '64200' }, decidedAt: new Date(NOW).toISOString() },
    })
    expect(await world().get(`/v1/bills/${billId}`, { key: city.key })).toMatchObject({
      body: { paused: false, objection: null, amounts: { charged: { amount: '64200' } }, revision: 2 },
    })
    const events = await world().get(`/v1/bills/${billId}/events`, { key: city.key })
    expect(events.text).not.toContain('팔았')
  })

  it('lists its own, by state, bill and time, page by page', async () => {
    const bills = [await issued(), await issued(), await issued()]
    const ids: string[] = []
    for (const billId of bills) {
      world().clock.at += 1
      ids.unshift((await file(billId)).body.id)
    }
    world().clock.at = NOW
    await decide(ids[0] ?? '', { outcome: 'dismissed', reason: 'x' })
    const list = async (query: string): Promise<string[]> =>
      (await world().get(`/v1/objections?${query}`, { key: city.key })).body.data.map(({ id }) => id)
    expect(await list('state=dismissed')).toEqual([ids[0]])
    expect(await list(`bill=${bills[0]}`)).toEqual([ids[2]])
    expect(await list('filedAfter=2027-01-01T00:00:00Z')).toEqual([])
    const first = await world().get('/v1/objections?state=filed&limit=1', { key: city.key })
    const next = await world().get(`/v1/objections?state=filed&limit=1&cursor=${first.body.nextCursor}`, { key: city.key })
    expect([first.body.data[0]?.id, next.body.data[0]?.id]).toEqual([ids[1], ids[2]])
    expect((await world().get('/v1/objections', { key: water.key })).body.data).toEqual([])
    expect(await world().get(`/v1/objections?cursor=${first.body.nextCursor}`, { key: city.key })).toMatchObject({ status: 400 })
  })

  it.each<[string, object, string, string?]>([
    ['no text', {}, 'property_missing', '/text'],
    ['an empty text', { text: ' \n ' }, 'value_invalid', '/text'],
    ['a text of 4,001 letters', { text: '가'.repeat(4_001) }, 'value_invalid', '/text'],
    ['a number', { text: 5 }, 'type_wrong', '/text'],
    ['NUL', { text: 'a\u0000b' }, 'text_unstorable', '/text'],
    ['a right-to-left override', { text: 'a\u202eb' }, 'text_forbidden', '/text'],
    ['a card number', { text: 'paid with\n4242 4242 4242 4242' }, 'card_number_refused', '/text'],
    ['an instant without its offset', { text: 'a', receivedAt: '2026-11-23T09:00:00' }, 'value_invalid', '/receivedAt'],
    ['a time to come', { text: 'a', receivedAt: '2026-12-23T09:00:00Z' }, 'received_in_future', '/receivedAt'],
    ['a state of its own', { text: 'a', state: 'upheld' }, 'property_unknown', '/state'],
  ])('refuses %s', async (_, body, code, ...[pointer]) => {
    const answer = await file(await issued(), body)
    expect({ status: answer.status, code: answer.body.code, pointer: answer.body.pointer }).toEqual({ status: 422, code, pointer })
  })

  it.each<[string, object, string, string?]>([
    ['no outcome', { reason: 'x' }, 'value_invalid', '/outcome'],
    ['an outcome that is none', { outcome: 'overtaken', reason: 'x' }, 'value_invalid', '/outcome'],
    ['no reason', { outcome: 'dismissed' }, 'property_missing', '/reason'],
    ['part of it without an amount', { outcome: 'partly', reason: 'x' }, 'amount_missing', '/amount'],
    [
      'an amount that is not lower',
      { outcome: 'partly', reason: 'x', amount: { amount: '128500', currency: 'KRW' } },
      'amount_not_lower',
      '/amount/amount',
    ],
    [
      'an amount for the whole',
      { outcome: 'upheld', reason: 'x', amount: { amount: '5', currency: 'KRW' } },
      'amount_not_wanted',
      '/amount',
    ],
    [
      'another currency',
      { outcome: 'partly', reason: 'x', amount: { amount: '5.00', currency: 'GBP' } },
      'currency_differs',
      '/amount/currency',
    ],
  ])('decides nothing with %s', async (_, body, code, ...[pointer]) => {
    const { id } = (await file(await issued())).body
    const answer = await decide(id, body)
    expect({ status: answer.status, code: answer.body.code, pointer: answer.body.pointer }).toEqual({ status: 422, code, pointer })
    expect((await world().get(`/v1/objections/${id}`, { key: city.key })).body.state).toBe('filed')
  })

  it.each(['state=open', 'bill=1', 'filedAfter=2026-11-23', 'cursor=abc', 'x=1', 'limit=0'])('refuses the query %s', async (query) => {
    expect((await world().get(`/v1/objections?${query}`, { key: city.key })).status).toBe(400)
  })
})

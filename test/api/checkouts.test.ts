import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { missing, openWorld } from './open-world.ts'
import { issue } from './live.ts'
import type { Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('checkouts over the API', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })

  const issued = async (tenant: Tenant, changes: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const { id } = await world().bill(tenant, changes)
    await issue(world(), id)
    return id as string
  }
  const start = (key: string, bills: readonly string[], idempotencyKey?: string): ReturnType<ReturnType<typeof world>['post']> =>
    world().post('/v1/checkouts', { key, body: { bills, language: 'ko' }, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })

  it('claims the bills and answers where to pay', async () => {
    const bills = [await issued(city), await issued(city, { amount: { amount: '1500', currency: 'KRW' } })]
    const { status, body } = await start(city.key, bills)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      state: 'open',
      url: `http://gateway.test/pay/${body.id}`,
      amount: { amount: '130000', currency: 'KRW' },
      language: 'ko',
    })
    expect(body.bills.map(({ id }: { id: string }) => id).sort()).toEqual([...bills].sort())
    expect((await world().get(`/v1/checkouts/${body.id}`, { key: city.key })).body).toEqual(body)
    const bill = await world().get(`/v1/bills/${bills[0]}`, { key: city.key })
    expect(bill.body.links.pay).toBe(`http://127.0.0.1:3000/bills/${bills[0]}`)
  })

  it('answers the same checkout to a repetition, as it is by then', async () => {
    const bills = [await issued(city)]
    world().engine.slow = true
    const first = await start(city.key, bills, 'again')
    expect(first.body).toMatchObject({ state: 'claimed', url: null })
    world().engine.slow = false
    const second = await start(city.key, bills, 'again')
    expect(second.body).toMatchObject({ id: first.body.id, state: 'open', url: `http://gateway.test/pay/${first.body.id}` })
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(first.headers.get('idempotency-replayed')).toBeNull()
  })

  it('takes over bills from an older checkout once that is ended', async () => {
    const bills = [await issued(city)]
    const older = await start(city.key, bills)
    const newer = await start(city.key, bills)
    expect(newer).toMatchObject({ status: 201, body: { state: 'open' } })
    expect(world().engine.cancelled).toContain(older.body.id)
    expect((await world().get(`/v1/checkouts/${older.body.id}`, { key: city.key })).body).toMatchObject({
      state: 'cancelled',
      url: null,
      bills: [{ outcome: 'released' }],
    })
  })

  it('refuses a bill whose older checkout nobody can end now', async () => {
    const bills = [await issued(city)]
    await start(city.key, bills)
    world().engine.down = true
    expect(await start(city.key, bills)).toMatchObject({ status: 409, body: { code: 'bill_in_checkout' } })
    world().engine.down = false
  })

  it('answers without a page while the engine is out of reach', async () => {
    const bills = [await issued(city)]
    world().engine.down = true
    const { status, body } = await start(city.key, bills)
    expect([status, body.state, body.url]).toEqual([201, 'claimed', null])
    world().engine.down = false
  })

  it('takes the bills of several institutions only from the operator', async () => {
    const bills = [await issued(city), await issued(water)]
    expect(await start(city.key, bills)).toMatchObject({ status: 404, body: { code: 'bill_not_found' } })
    const { status, body } = await start(world().operator, bills)
    expect(status).toBe(201)
    for (const key of [city.key, water.key]) {
      expect(await world().get(`/v1/checkouts/${body.id}`, { key })).toMatchObject({ status: 404, body: { code: 'checkout_not_found' } })
      expect(await world().post(`/v1/checkouts/${body.id}/cancel`, { key })).toMatchObject({
        status: 404,
        body: { code: 'checkout_not_found' },
      })
    }
  })

  it('refuses bills of two people and bills that take no money', async () => {
    const other = await issued(city, { citizen: { identifier: 'somebody-else', language: 'en', contacts: [] } })
    expect(await start(city.key, [await issued(city), other])).toMatchObject({ status: 409, body: { code: 'citizens_differ' } })
    const { id } = await world().bill(city)
    expect(await start(city.key, [id])).toMatchObject({ status: 409, body: { code: 'bill_not_payable' } })
    expect(await start(city.key, [])).toMatchObject({ status: 422, body: { pointer: '/bills' } })
  })

  it('ends a checkout once, and says when it was too late', async () => {
    const { body } = await start(city.key, [await issued(city)])
    const cancel = (id: string): ReturnType<ReturnType<typeof world>['post']> =>
      world().post(`/v1/checkouts/${id}/cancel`, { key: city.key })
    expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    expect(await cancel(body.id)).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    expect(world().engine.cancelled.filter((id) => id === body.id)).toHaveLength(1)
    const paid = await start(city.key, [await issued(city)])
    await world().engine.capture(paid.body.id)
    expect(await cancel(paid.body.id)).toMatchObject({ status: 409, body: { code: 'checkout_paid' } })
    const bill = await world().get(`/v1/bills/${paid.body.bills[0]?.id}`, { key: city.key })
    expect(bill.body).toMatchObject({
      status: 'paid',
      amounts: { paid: { amount: '128500' } },
      payments: [{ method: 'card', amount: { amount: '128500' }, checkoutId: paid.body.id }],
    })
  })

  it('answers 503 and may be asked again when nobody can say whether a checkout ended', async () => {
    const { body } = await start(city.key, [await issued(city)])
    world().engine.down = true
    const refused = await world().post(`/v1/checkouts/${body.id}/cancel`, { key: city.key, idempotencyKey: 'end-it' })
    expect(refused).toMatchObject({ status: 503, body: { code: 'engine_unavailable' } })
    expect(refused.headers.get('retry-after')).toBe('2')
    world().engine.down = false
    expect(await world().post(`/v1/checkouts/${body.id}/cancel`, { key: city.key, idempotencyKey: 'end-it' })).toMatchObject({
      status: 200,
      body: { state: 'cancelled' },
    })
  })
})

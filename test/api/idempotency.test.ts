import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { newBillBody } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('Idempotency-Key', () => {
  const world = openWorld({ max: 10 })
  let city: Tenant
  let water: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })

  const bills = async (tenant: Tenant): Promise<number> => {
    const [row] = await world().root.sql<{ count: number }[]>`select count(*)::int as count from bills where institution_id = ${tenant.id}`
    return row?.count ?? -1
  }

  it('makes one bill of twenty equal requests at once, and answers all the same', async () => {
    const before = await bills(city)
    const body = newBillBody({ billNumber: 'ONCE' })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world().post('/v1/bills', { key: city.key, body, idempotencyKey: 'twenty' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(19)
    expect((await bills(city)) - before).toBe(1)
    expect(world().engine.wakes.filter(({ billId }) => billId === answers[0]?.body.id)).toHaveLength(1)
  })

  it('refuses the same key with another body, path or type', async () => {
    const body = newBillBody({ billNumber: 'FIRST' })
    const { body: bill } = await world().post('/v1/bills', { key: city.key, body, idempotencyKey: 'mine' })
    const reused = { status: 422, body: { code: 'idempotency_key_reused' } }
    expect(await world().post('/v1/bills', { key: city.key, body: { ...body, title: 'Another' }, idempotencyKey: 'mine' })).toMatchObject(
      reused,
    )
    const other = await world().bill(city)
    const pause = { key: city.key, body: { reason: 'Objection' }, idempotencyKey: 'pause' }
    expect((await world().post(`/v1/bills/${bill.id}/pause`, pause)).status).toBe(200)
    expect(await world().post(`/v1/bills/${other.id}/pause`, pause)).toMatchObject(reused)
    expect((await world().get(`/v1/bills/${other.id}`, { key: city.key })).body.paused).toBe(false)
  })

  it('keeps keys of different credentials and routes apart', async () => {
    const body = newBillBody({ billNumber: 'SHARED' })
    const [one, other] = await Promise.all([
      world().post('/v1/bills', { key: city.key, body, idempotencyKey: 'shared' }),
      world().post('/v1/bills', { key: water.key, body, idempotencyKey: 'shared' }),
    ])
    expect([one.status, other.status]).toEqual([201, 201])
    expect(one.body.id).not.toBe(other.body.id)
    expect(
      (await world().post(`/v1/bills/${one.body.id}/pause`, { key: city.key, body: { reason: 'Objection' }, idempotencyKey: 'shared' }))
        .status,
    ).toBe(200)
  })

  it.each([
    ['missing', null, 'idempotency_key_missing'],
    ['empty', '', 'idempotency_key_missing'],
    ['of 256 characters', 'k'.repeat(256), 'idempotency_key_malformed'],
    ['with a letter beyond ASCII', 'k\u00e9', 'idempotency_key_malformed'],
    ['with a tab', 'a\tb', 'idempotency_key_malformed'],
  ])('refuses a key that is %s', async (_, idempotencyKey, code) => {
    expect(await world().post('/v1/bills', { key: city.key, body: newBillBody(), idempotencyKey })).toMatchObject({
      status: 400,
      body: { code },
    })
  })

  it('takes a key of 255 characters, and needs one on every POST', async () => {
    expect(
      (await world().post('/v1/bills', { key: city.key, body: newBillBody({ billNumber: 'LONG' }), idempotencyKey: 'k'.repeat(255) }))
        .status,
    ).toBe(201)
    for (const path of [
      '/v1/checkouts',
      '/v1/statements',
      '/v1/institutions',
      '/v1/bills/x/cancel',
      '/v1/checkouts/x/cancel',
      '/v1/keys/x/revoke',
    ]) {
      expect(await world().post(path, { key: world().operator, body: {}, idempotencyKey: null })).toMatchObject({
        status: 400,
        body: { code: 'idempotency_key_missing' },
      })
    }
  })
})

import { beforeAll, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { exampleId } from '../../api/schemas/ids.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { makeBatch, mapping } from './batch-world.ts'
import { POLICY } from './inputs.ts'
import { keepExcess } from './kept.ts'
import { beginNotice, issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

const BODIES: Readonly<Record<string, unknown>> = {
  '/v1/batches/{id}/issue': {},
  '/v1/batches/{id}/pause': { reason: 'Not mine' },
  '/v1/batches/{id}/resume': { reason: 'Not mine' },
  '/v1/batches/{id}/cancel': { reason: 'Not mine' },
  '/v1/batches/{id}/rerun': { reason: 'Not mine' },
  '/v1/batches/{id}/undo': { reason: 'Not mine' },
  '/v1/bills/{id}/cancel': { reason: 'Not mine' },
  '/v1/bills/{id}/pause': { reason: 'Not mine' },
  '/v1/bills/{id}/resume': { reason: 'Not mine' },
  '/v1/bills/{id}/write-off': { reason: 'Not mine' },
  '/v1/bills/{id}/extend': { dueDate: '2027-01-31', reason: 'Not mine' },
  '/v1/bills/{id}/amend': { amount: { amount: '1', currency: 'KRW' }, reason: 'Not mine' },
  '/v1/bills/{id}/objections': { text: 'Not mine' },
  '/v1/bills/{id}/refunds': { expectedRefundable: { amount: '1', currency: 'KRW' }, reason: 'Not mine' },
  '/v1/refunds/{id}/account': { bank: 'Bank', number: '110-123', holder: 'H' },
  '/v1/refunds/{id}/payout': { reference: 'T-1' },
  '/v1/refunds/{id}/refuse-account': {},
  '/v1/excesses/{id}/refund': {},
  '/v1/excesses/{id}/allocate': { billId: exampleId('bill') },
  '/v1/deliveries/{id}/resend': {},
  '/v1/objections/{id}/decide': { outcome: 'dismissed', reason: 'Not mine' },
  '/v1/institutions/{id}/keys': {},
  '/v1/webhook-endpoints/{id}': { url: 'https://203.0.114.7/', description: 'Not mine' },
  '/v1/webhook-endpoints/{id}/rotate-secret': {},
  '/v1/webhook-endpoints/{id}/redeliver': { since: '2026-11-24T00:00:00Z' },
  '/v1/institutions/{id}/mappings/{name}': { mapping: mapping() },
  '/v1/institutions/{id}/policies/{name}': { title: { ko: 'a', en: 'a' }, policy: POLICY },
}

describeIf(missing === null, missing ?? '')('one institution and the things of another', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  let bill = ''
  /** Something of the city's of every noun, by its place in the path. */
  const owned = new Map<string, string>()

  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
    bill = (await world().bill(city)).id
    const objected = (await world().bill(city)).id
    await issue(world(), objected)
    const filed = await world().post(`/v1/bills/${objected}/objections`, { key: city.key, body: { text: 'Mine' } })
    await world().put(`/v1/institutions/${city.id}/mappings/bill`, { key: city.key, body: { mapping: mapping() } })
    const paid = (await world().bill(city)).id as string
    await issue(world(), paid)
    const delivery = await beginNotice(world(), paid)
    const checkout = (await world().post('/v1/checkouts', { key: city.key, body: { bills: [paid], language: 'ko' } })).body.id
    await world().engine.capture(checkout)
    const order = { expectedRefundable: { amount: '128500', currency: 'KRW' }, reason: 'Mine' }
    const refund = (await world().post(`/v1/bills/${paid}/refunds`, { key: city.key, body: order })).body.data[0]
    const { id: refundId, paymentId } = refund as unknown as { id: string; paymentId: string }
    await transaction(world().root.sql, (tx) => beginRefund(tx, refundId, world().clock.at))
    const closed = { status: 'failed', code: 'account_closed' } as const
    await transaction(world().root.sql, (tx) => recordRefund(tx, refundId, closed, world().clock.at))
    const { body: exceptions } = await world().get('/v1/exceptions?kind=refundWithoutRoute', { key: city.key })
    const hook = await world().post('/v1/webhook-endpoints', { key: city.key, body: { url: 'https://203.0.114.7/', description: 'Mine' } })
    const { body: keys } = await world().get(`/v1/keys?institution=${city.id}`, { key: world().operator })
    for (const [noun, id] of [
      ['batches', await makeBatch(world(), city)],
      ['bills', bill],
      ['checkouts', checkout],
      ['deliveries', delivery],
      ['exceptions', exceptions.data[0]?.id],
      ['excesses', await keepExcess(world(), city)],
      ['institutions', city.id],
      ['keys', keys.data[0]?.id],
      ['objections', filed.body.id],
      ['payments', paymentId],
      ['refunds', refundId],
      ['webhook-endpoints', hook.body.id],
      // Files of gateways and banks are the platform's alone.
      ['statements', exampleId('stm')],
    ] as const)
      owned.set(noun, id as string)
  })

  const withId = endpoints.filter(({ path, access }) => access !== 'public' && path.includes('{id}'))

  it.each(withId.map(({ method, path, access }) => [method.toUpperCase() as 'GET' | 'POST' | 'PUT' | 'DELETE', path, access] as const))(
    '%s %s answers as for an id of nobody',
    async (method, path, access) => {
      const own = owned.get(path.split('/')[2] ?? '') ?? ''
      expect(own).toMatch(/^[a-z]+_[0-9a-z]{26}$/)
      const nobody = exampleId(own.split('_')[0] as 'bill')
      const ask = (id: string): ReturnType<ReturnType<typeof world>['get']> =>
        world()[method.toLowerCase() as 'get'](path.replace('{id}', id).replace('{name}', 'bill'), {
          key: water.key,
          body: method === 'GET' || method === 'DELETE' ? undefined : path.endsWith('/rows') ? 'a,b\n' : BODIES[path],
          ...(path.endsWith('/rows') && method === 'PUT' ? { headers: { 'content-type': 'text/csv' } } : {}),
        })
      const [foreign, unknown] = [await ask(own), await ask(nobody)]
      const same = ({ type, title, status, detail, code }: Record<string, unknown>): unknown => ({ type, title, status, detail, code })
      expect(same({ ...foreign.body })).toEqual(same({ ...unknown.body }))
      // What an institution may read of its own is not there for another; what only the platform may is forbidden to all.
      const isPlatforms = access.includes('operator') || (access.includes('statements:write') && !access.includes('bills:read'))
      expect(foreign.status).toBe(isPlatforms ? 403 : 404)
    },
  )

  it('lists only its own, whatever filters are given', async () => {
    const mine = (await world().bill(water)).id
    for (const query of ['', '?citizenIdentifier=resident-1', '?status=received', `?institution=${water.id}`]) {
      const { body } = await world().get(`/v1/bills${query}`, { key: water.key })
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([mine])
    }
    expect(await world().get(`/v1/bills?institution=${city.id}`, { key: water.key })).toMatchObject({
      status: 404,
      body: { code: 'institution_not_found' },
    })
    expect(await world().get(`/v1/reports?institution=${city.id}`, { key: water.key })).toMatchObject({
      status: 404,
      body: { code: 'institution_not_found' },
    })
    const report = await world().get('/v1/reports', { key: water.key })
    expect(report.body.institutions.map(({ name }: { name: string }) => name)).toEqual(['water City'])
  })

  it('takes no cursor of another, nor one of other filters', async () => {
    const { body } = await world().get('/v1/bills?limit=1', { key: city.key })
    const cursor = body.nextCursor ?? ''
    expect((await world().get(`/v1/bills?limit=1&cursor=${cursor}`, { key: city.key })).status).toBe(200)
    expect(await world().get(`/v1/bills?limit=1&cursor=${cursor}`, { key: water.key })).toMatchObject({
      status: 400,
      body: { code: 'cursor_invalid' },
    })
    expect(await world().get(`/v1/bills?status=paid&cursor=${cursor}`, { key: city.key })).toMatchObject({
      status: 400,
      body: { code: 'cursor_invalid' },
    })
    const changed = `${cursor.slice(0, -2)}${cursor.endsWith('A') ? 'B' : 'A'}${cursor.slice(-1)}`
    expect(await world().get(`/v1/bills?limit=1&cursor=${changed}`, { key: city.key })).toMatchObject({
      status: 400,
      body: { code: 'cursor_invalid' },
    })
  })

  it('keeps test and live bills apart', async () => {
    const live = await world().makeKey(city.id, ['bills:read', 'bills:write', 'checkouts:write'], 'live')
    expect(await world().get(`/v1/bills/${bill}`, { key: live })).toMatchObject({ status: 404 })
    expect((await world().get('/v1/bills', { key: live })).body.data).toEqual([])
    expect(await world().post('/v1/checkouts', { key: live, body: { bills: [bill], language: 'ko' } })).toMatchObject({ status: 404 })
  })

  it('lets the operator read what is whose', async () => {
    const { body } = await world().get(`/v1/bills?institution=${city.id}`, { key: world().operator })
    expect(body.data).toHaveLength(4)
    expect((await world().get(`/v1/bills/${bill}`, { key: world().operator })).status).toBe(200)
  })
})

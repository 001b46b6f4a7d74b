import { beforeAll, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { exampleId } from '../../api/schemas/ids.ts'
import { describeIf } from '../support/skip.ts'
import { makeBatch } from './batch-world.ts'
import { POLICY } from './inputs.ts'
import { issue } from './live.ts'
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
  '/v1/objections/{id}/decide': { outcome: 'dismissed', reason: 'Not mine' },
  '/v1/institutions/{id}/keys': {},
  '/v1/webhook-endpoints/{id}': { url: 'https://203.0.114.7/', description: 'Not mine' },
  '/v1/webhook-endpoints/{id}/rotate-secret': {},
  '/v1/webhook-endpoints/{id}/redeliver': { since: '2026-11-24T00:00:00Z' },
  '/v1/institutions/{id}/policies/{name}': { title: { ko: 'a', en: 'a' }, policy: POLICY },
}

describeIf(missing === null, missing ?? '')('one institution and the things of another', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  let bill = ''
  let checkout = ''
  let objection = ''
  let hook = ''
  let batch = ''

  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
    bill = (await world().bill(city)).id
    const objected = (await world().bill(city)).id
    await issue(world(), objected)
    objection = (await world().post(`/v1/bills/${objected}/objections`, { key: city.key, body: { text: 'Mine' } })).body.id
    batch = await makeBatch(world(), city)
    const paid = (await world().bill(city)).id as string
    await issue(world(), paid)
    checkout = (await world().post('/v1/checkouts', { key: city.key, body: { bills: [paid], language: 'ko' } })).body.id
    hook = (await world().post('/v1/webhook-endpoints', { key: city.key, body: { url: 'https://203.0.114.7/', description: 'Mine' } })).body
      .id
  })

  const withId = endpoints.filter(({ path, access }) => access !== 'public' && path.includes('{id}'))

  it.each(withId.map(({ method, path, access }) => [method.toUpperCase() as 'GET' | 'POST' | 'PUT', path, access] as const))(
    '%s %s answers as for an id of nobody',
    async (method, path, access) => {
      const own = path.startsWith('/v1/batches')
        ? batch
        : path.startsWith('/v1/bills')
          ? bill
          : path.startsWith('/v1/checkouts')
            ? checkout
            : path.startsWith('/v1/institutions')
              ? city.id
              : path.startsWith('/v1/objections')
                ? objection
                : path.startsWith('/v1/webhook-endpoints')
                  ? hook
                  : exampleId(path.includes('keys') ? 'key' : path.includes('exceptions') ? 'exc' : 'stm')
      const nobody = exampleId(own.split('_')[0] as 'bill')
      const ask = (id: string): ReturnType<ReturnType<typeof world>['get']> =>
        world()[method.toLowerCase() as 'get'](path.replace('{id}', id).replace('{name}', 'bill'), {
          key: water.key,
          body: method === 'GET' ? undefined : path.endsWith('/rows') ? 'a,b\n' : BODIES[path],
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
    expect(body.data).toHaveLength(3)
    expect((await world().get(`/v1/bills/${bill}`, { key: world().operator })).status).toBe(200)
  })
})

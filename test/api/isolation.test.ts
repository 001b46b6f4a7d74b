import { beforeAll, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { exampleId } from '../../schemas/ids.ts'
import { describeIf } from '../support/skip.ts'
import { type Ids, makeBelongings, makePlatforms, markOf } from './belongings.ts'
import { type IdPlace, idPlaces, withValueAt } from './id-places.ts'
import { POLICY } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

/** Bodies that get as far as the id, where the example of the reference does not. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PUT /v1/institutions/{id}/policies/{name}': { title: { ko: 'a', en: 'a' }, policy: POLICY },
  'PUT /v1/webhook-endpoints/{id}': { url: 'https://203.0.114.7/', description: 'Not mine' },
  'POST /v1/webhook-endpoints': { url: 'https://203.0.114.7/', description: 'Not mine' },
  'POST /v1/bills/{id}/refunds': { expectedRefundable: { amount: '128500', currency: 'KRW' }, reason: 'Not mine' },
  'POST /v1/bills/{id}/amend': { amount: { amount: '1', currency: 'KRW' }, reason: 'Not mine' },
  'POST /v1/checkouts': { language: 'ko' },
}

/** Where one property rules out another, only the one that is asked about may be there. */
const bodyOf = (name: string, { where, at }: IdPlace): unknown => {
  if (name === 'POST /v1/webhook-endpoints/{id}/redeliver') return where === 'body' ? {} : { since: '2026-11-24T00:00:00Z' }
  if (name === 'POST /v1/excesses/{id}/allocate') return { billId: exampleId('bill') }
  if (name === 'POST /v1/exceptions/{id}/match') return at === '/paymentId' ? {} : { billId: exampleId('bill') }
  return BODIES[name]
}

/** What concerns every institution is the platform's alone: for others it does not matter whose ids they try. */
const PLATFORMS = new Set(['key', 'stm'])

const pathPrefixOf = (path: string): IdPlace['prefix'] =>
  idPlaces().find(({ endpoint, where }) => endpoint.path === path && where === 'path')?.prefix ?? 'ins'

describeIf(missing === null, missing ?? '')('one institution and the things of another', () => {
  const world = openWorld({ settings: { GOJI_LIMIT_KEY: '0', GOJI_LIMIT_ADDRESS: '0' } })
  let city: Tenant
  let water: Tenant
  let theirs: Ids
  let ours: Ids
  let bill = ''

  beforeAll(async () => {
    const [one, other] = [await makeBelongings(world(), 'city'), await makeBelongings(world(), 'water')]
    city = one.tenant
    water = other.tenant
    theirs = { ...(await makePlatforms(world())), ...one.ids }
    ours = other.ids
    bill = theirs.bill?.[0] ?? ''
  })

  const places = idPlaces()
  const nameOf = ({ endpoint: { method, path } }: Pick<IdPlace, 'endpoint'>): string => `${method.toUpperCase()} ${path}`

  it('has a thing of every kind that a request may name, and a place of each for every operation with one', () => {
    for (const { prefix } of places) expect([prefix, theirs[prefix]?.length]).not.toEqual([prefix, undefined])
    const inPaths = places.filter(({ where }) => where === 'path').map(nameOf)
    const described = endpoints.filter(({ path, access }) => access !== 'public' && path.includes('{id}'))
    expect(inPaths.sort()).toEqual(described.map((endpoint) => nameOf({ endpoint })).sort())
  })

  /** Asks with an id at one place, everything else as its owner would; answers what came and what was asked of the database. */
  async function ask(place: IdPlace, id: string): Promise<{ status: number; text: string; statements: string[] }> {
    const { endpoint, where, at, prefix } = place
    const name = nameOf({ endpoint })
    const path = endpoint.path
      .replace('{name}', 'bill')
      .replace('{id}', where === 'path' ? id : (ours[pathPrefixOf(endpoint.path)]?.[0] ?? theirs[pathPrefixOf(endpoint.path)]?.[0] ?? ''))
    const rows = name === 'PUT /v1/batches/{id}/rows'
    const given = rows ? 'a,b\n' : (bodyOf(name, place) ?? endpoint.bodyExample)
    const body = where === 'body' ? withValueAt(given, at, id) : given
    const statements: string[] = []
    const { options } = world().root.sql
    options.debug = (_connection, text) => void statements.push(text)
    const answer = await world()[endpoint.method](where === 'query' ? `${path}?${at}=${id}` : path, {
      key: water.key,
      idempotencyKey: `${name} ${at}${prefix}`.replaceAll(/[^a-zA-Z]/g, '-').concat(id),
      headers: { 'x-request-id': 'the-same', ...(rows ? { 'content-type': 'text/csv' } : {}) },
      ...(endpoint.body === undefined && !rows ? {} : { body }),
    })
    options.debug = false
    return { status: answer.status, text: answer.text, statements: statements.map((text) => text.replaceAll(/\s+/g, ' ')) }
  }

  it.each(places.map((place) => [`${nameOf(place)} (${place.where} ${place.at})`, place] as const))(
    '%s answers as for an id of nobody, by the same work',
    async (_, place) => {
      const nobody = exampleId(place.prefix)
      const foreignId = theirs[place.prefix]?.[0] ?? ''
      const [foreign, unknown] = [await ask(place, foreignId), await ask(place, nobody)]
      expect({ ...foreign, text: foreign.text.replaceAll(foreignId, nobody) }).toEqual(unknown)
      expect(foreign.text).not.toContain(markOf('city'))
      expect(foreign.statements.length).toBeGreaterThan(0)
      const forbidden = foreign.status === 403
      const isPlatforms =
        place.endpoint.access.includes('operator') ||
        (place.endpoint.access.includes('statements:write') && place.endpoint.method === 'post') ||
        PLATFORMS.has(place.prefix)
      if (place.where === 'query' && !forbidden) expect([200, 404]).toContain(foreign.status)
      else expect(foreign.status).toBe(forbidden && isPlatforms ? 403 : 404)
      if (foreign.status === 200) expect(JSON.parse(foreign.text)).toMatchObject({ data: [] })
    },
  )

  it.each(
    endpoints
      .filter(({ method, path, access }) => access !== 'public' && method === 'get' && !path.includes('{id}'))
      .map(({ path }) => path),
  )('GET %s shows nothing of another’s', async (path) => {
    const { status, text } = await world().get(path, { key: water.key })
    expect([200, 403]).toContain(status)
    expect(text).not.toContain(markOf('city'))
    for (const ids of Object.values(theirs)) for (const id of ids) expect(text).not.toContain(id)
  })

  it('lists only its own, whatever filters are given', async () => {
    const mine = (await world().bill(water)).id
    for (const query of ['', '?citizenIdentifier=resident-1', '?status=received', `?institution=${water.id}`]) {
      const { body } = await world().get(`/v1/bills${query}`, { key: water.key })
      const listed = body.data.map(({ id }: { id: string }) => id)
      expect(listed).toContain(mine)
      expect(listed.filter((id) => theirs.bill?.includes(id))).toEqual([])
    }
    expect((await world().get('/v1/bills?citizenIdentifier=resident-city', { key: water.key })).body.data).toEqual([])
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

  it('takes no cursor of another in any list', async () => {
    const lists = endpoints.filter(({ method, query, access }) => method === 'get' && access !== 'public' && query?.shape['cursor'])
    let tried = 0
    for (const { path } of lists) {
      const of = (ids: Ids): string => path.replace('{id}', ids[pathPrefixOf(path)]?.[0] ?? '').replace('{name}', 'hold')
      const { body } = await world().get(`${of(theirs)}?limit=1`, { key: city.key })
      const cursor = (body as { nextCursor?: string | null } | null)?.nextCursor
      if (typeof cursor !== 'string') continue
      tried += 1
      const answer = await world().get(`${of(ours)}?limit=1&cursor=${cursor}`, { key: water.key })
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({ path, status: 400, code: 'cursor_invalid' })
    }
    expect(tried).toBeGreaterThanOrEqual(8)
  }, 120_000)

  it('keeps test and live bills apart', async () => {
    const live = await world().makeKey(city.id, ['bills:read', 'bills:write', 'checkouts:write'], 'live')
    expect(await world().get(`/v1/bills/${bill}`, { key: live })).toMatchObject({ status: 404 })
    expect((await world().get('/v1/bills', { key: live })).body.data).toEqual([])
    expect(await world().post('/v1/checkouts', { key: live, body: { bills: [bill], language: 'ko' } })).toMatchObject({ status: 404 })
  })

  it('lets the operator read what is whose', async () => {
    const { body } = await world().get(`/v1/bills?institution=${city.id}`, { key: world().operator })
    expect(body.data.map(({ id }) => id).sort()).toEqual([...(theirs.bill ?? [])].sort())
    expect((await world().get(`/v1/bills/${bill}`, { key: world().operator })).status).toBe(200)
  })
})

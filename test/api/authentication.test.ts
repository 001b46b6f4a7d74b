import { beforeAll, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { SCOPES } from '../../store/keys/insert-api-key.ts'
import { describeIf } from '../support/skip.ts'
import type { Answer } from './client.ts'
import { missing, openWorld } from './open-world.ts'
import { PEPPER, type Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('keys', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  it.each(endpoints.filter(({ access }) => access !== 'public').map(({ method, path }) => [method.toUpperCase() as 'GET', path]))(
    'are needed for %s %s',
    async (method, path) => {
      const answer = await world()[method.toLowerCase() as 'get'](path.replace(/\{[a-z]+\}/g, 'x'), {
        body: method === 'GET' ? undefined : {},
      })
      expect(answer).toMatchObject({ status: 401, body: { code: 'key_missing' } })
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    },
  )

  it.each([
    ['of nobody', `Bearer goji_test_${'a'.repeat(43)}`],
    ['cut short', 'Bearer goji_test_abc'],
    ['of another scheme', 'Basic Z29qaTpnb2pp'],
    ['of no scheme', `goji_test_${'a'.repeat(43)}`],
    ['that is a token without an algorithm', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
    ['that is SQL', "Bearer goji_test_' or '1'='1"],
  ])('refuses one %s with the same words', async (_, authorization) => {
    const answer = await world().get('/v1/bills', { headers: { authorization } })
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'key_unknown', detail: 'The API key is not one of ours. Check that it is sent whole.' },
    })
  })

  const make = (body: object): Promise<Answer> => world().post(`/v1/institutions/${city.id}/keys`, { key: world().operator, body })
  const of = async (id: string): Promise<object> => (await world().get(`/v1/keys/${id}`, { key: world().operator })).body
  const told = async (id: string): Promise<string[]> =>
    (await world().get(`/v1/keys/${id}/events`, { key: world().operator })).body.data.map(({ action }) => action)

  it('end at the time that was said when they were made, to the millisecond, and say so to their holder', async () => {
    const at = world().clock.at
    const expiresAt = new Date(at + 60_000).toISOString()
    const body = { scopes: ['bills:read'], expiresAt }
    const asked = { key: world().operator, body, idempotencyKey: 'a key that ends' }
    const made = await world().post(`/v1/institutions/${city.id}/keys`, asked)
    expect(made).toMatchObject({ status: 201, body: { expiresAt } })
    const { id, secret: key } = made.body
    expect(await of(id)).toMatchObject({ expiresAt, revokedAt: null, lastUsedAt: null })
    world().clock.at = at + 59_999
    expect((await world().get('/v1/bills', { key })).status).toBe(200)
    world().clock.at = at + 60_000
    for (const _ of [1, 2]) {
      const refused = await world().get('/v1/bills', { key })
      expect(refused).toMatchObject({ status: 401, body: { code: 'key_expired', detail: expect.stringContaining(expiresAt) } })
      expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    }
    expect(await told(id)).toEqual(['created', 'refused'])
    expect(await world().post(`/v1/institutions/${city.id}/keys`, asked)).toMatchObject({ status: 201, body: { id, secret: null } })
    // The list tells the ended from those in force.
    const ended = await world().get(`/v1/keys?institution=${city.id}&inForce=false`, { key: world().operator })
    expect(ended.body.data.map((one) => one.id)).toContain(id)
    world().clock.at = at
  })

  it.each([
    ['a time that has passed', -1, 'expiry_past'],
    ['this very moment', 0, 'expiry_past'],
  ])('take no end at %s', async (_, ms, code) => {
    const expiresAt = new Date(world().clock.at + ms).toISOString()
    expect(await make({ expiresAt })).toMatchObject({ status: 422, body: { code, pointer: '/expiresAt' } })
  })

  it('are changed without a pause: the new one is in force beside the old one, which is ended and told of', async () => {
    const [first, second] = [(await make({})).body, (await make({})).body]
    const statuses = async (): Promise<number[]> =>
      Promise.all([first, second].map(async ({ secret }) => (await world().get('/v1/bills', { key: secret })).status))
    expect(await statuses()).toEqual([200, 200])
    const at = world().clock.at
    await world().post(`/v1/keys/${first.id}/revoke`, { key: world().operator })
    world().clock.at += 1
    expect(await statuses()).toEqual([401, 200])
    expect(await world().get('/v1/bills', { key: first.secret })).toMatchObject({ body: { code: 'key_revoked' } })
    expect(await told(first.id)).toEqual(['created', 'revoked', 'refused'])
    world().clock.at = at
  })

  it('remember when they were used last, to the minute', async () => {
    const { id, secret: key } = (await make({ scopes: ['bills:read'] })).body
    const at = world().clock.at
    const seen: unknown[] = []
    for (const ms of [0, 59_999, 60_000]) {
      world().clock.at = at + ms
      await world().get('/v1/bills', { key })
      seen.push(((await of(id)) as { lastUsedAt: string }).lastUsedAt)
    }
    world().clock.at = at
    expect(seen).toEqual([at, at, at + 60_000].map((ms) => new Date(ms).toISOString()))
  })

  it.each(endpoints.filter(({ access }) => access !== 'public').map((endpoint) => [endpoint.operationId, endpoint] as const))(
    'without its scope are refused for %s',
    async (_, { method, path, access }) => {
      const scope = SCOPES.find((one) => one !== 'operator' && !access.includes(one)) ?? 'console'
      const key = await world().makeKey(city.id, [scope])
      const answer = await world()[method](path.replace(/\{[a-z]+\}/g, 'x'), { key, body: method === 'get' ? undefined : {} })
      expect(answer).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    },
  )

  it.each(['api_key', 'token', 'access_token', 'Authorization', 'anything'])(
    'are refused in the query as %s, whether or not they are sent rightly too',
    async (name) => {
      for (const key of [undefined, city.key]) {
        expect(await world().get(`/v1/bills?${name}=${city.key}`, { key })).toMatchObject({ status: 400, body: { code: 'key_in_url' } })
      }
    },
  )

  it('stand nowhere in the log, nor does anything of a person or of a query', async () => {
    await world().bill(city, {
      citizen: {
        identifier: 'secret-person',
        name: '비밀',
        language: 'ko',
        contacts: [{ channel: 'email', address: 'secret@example.org' }],
      },
    })
    await world().get('/v1/bills?citizenIdentifier=secret-person', { key: city.key })
    await world().get('/v1/secret-person', { key: city.key })
    const log = world().logged.join('')
    expect(log).toMatch(/"route":"GET \/v1\/bills"/)
    for (const secret of [city.key, PEPPER, 'secret-person', '비밀', 'secret@example.org']) expect(log).not.toContain(secret)
  })
})

import { beforeAll, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { describeIf } from '../support/skip.ts'
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
      body: { code: 'key_unknown', detail: 'The API key is not one of ours, has expired or was revoked.' },
    })
  })

  it('refuses an expired key from its last millisecond on', async () => {
    const key = await world().makeKey(city.id, ['bills:read'])
    const expires = world().clock.at + 60_000
    await world().root.sql`update api_keys set expires_at = ${expires} where scopes = array['bills:read']`
    const at = world().clock.at
    world().clock.at = expires - 1
    expect((await world().get('/v1/bills', { key })).status).toBe(200)
    world().clock.at = expires
    expect(await world().get('/v1/bills', { key })).toMatchObject({ status: 401, body: { code: 'key_unknown' } })
    world().clock.at = at
  })

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

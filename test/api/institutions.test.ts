import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { newBillBody, POLICY } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

const body = (slug: string): object => ({ slug, name: { ko: '한강시청', en: 'Hangang City' }, currency: 'KRW', zone: 'Asia/Seoul' })
const title = { ko: '자동차세', en: 'Vehicle tax' }

describeIf(missing === null, missing ?? '')('institutions, keys and policies over the API', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  it('shows a new key once and keeps it nowhere', async () => {
    const asked = { key: world().operator, body: body('hangang'), idempotencyKey: 'hangang' }
    const first = await world().post('/v1/institutions', asked)
    const secret: string = first.body.key.secret
    expect(secret).toMatch(/^goji_test_[A-Za-z0-9_-]{43}$/)
    const again = await world().post('/v1/institutions', asked)
    expect(again).toMatchObject({
      status: 201,
      body: { institution: first.body.institution, key: { id: first.body.key.id, secret: null } },
    })
    const kept = await world().root.sql<{ row: string }[]>`
      select row::text from (select k::text as row from api_keys k union all select i::text from idempotency_keys i union all select l::text from log l) kept`
    expect(kept.some(({ row }) => row.includes(secret) || row.includes(Buffer.from(secret).toString('hex')))).toBe(false)
    expect(world().logged.join('')).not.toContain(secret)
    expect((await world().get('/v1/bills', { key: secret })).status).toBe(200)
  })

  it('makes further keys with fewer scopes, and ends them', async () => {
    const made = await world().post(`/v1/institutions/${city.id}/keys`, { key: world().operator, body: { scopes: ['bills:read'] } })
    const key: string = made.body.secret
    expect((await world().get('/v1/bills', { key })).status).toBe(200)
    expect(await world().post('/v1/bills', { key, body: newBillBody() })).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    expect((await world().post(`/v1/keys/${made.body.id}/revoke`, { key: world().operator })).body).toEqual({
      id: made.body.id,
      revoked: true,
    })
    expect(await world().get('/v1/bills', { key })).toMatchObject({ status: 401, body: { code: 'key_revoked' } })
    expect(await world().post(`/v1/institutions/${city.id}/keys`, { key: world().operator, body: { scopes: ['operator'] } })).toMatchObject(
      { status: 422 },
    )
  })

  it('refuses a slug that is taken and a zone that is nowhere', async () => {
    const post = (changes: object): ReturnType<ReturnType<typeof world>['post']> =>
      world().post('/v1/institutions', { key: world().operator, body: { ...body('new-one'), ...changes } })
    expect(await post({ slug: 'city' })).toMatchObject({ status: 409, body: { code: 'institution_taken', pointer: '/slug' } })
    expect(await post({ zone: 'Asia/Atlantis' })).toMatchObject({ status: 422, body: { code: 'zone_unknown', pointer: '/zone' } })
    expect(await post({ currency: 'BTC' })).toMatchObject({ status: 422, body: { pointer: '/currency' } })
  })

  it('lists institutions page by page', async () => {
    for (const slug of ['page-a', 'page-b', 'page-c']) {
      world().clock.at += 1
      await world().tenant(slug)
    }
    const slugs: string[] = []
    for (let cursor = ''; ;) {
      const { body: page } = await world().get(`/v1/institutions?limit=2${cursor}`, { key: world().operator })
      slugs.push(...page.data.map(({ slug }: { slug: string }) => slug))
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(slugs.slice(0, 3)).toEqual(['page-c', 'page-b', 'page-a'])
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  it('adds a version only when something changed, and bills keep theirs', async () => {
    const put = (policy: object): ReturnType<ReturnType<typeof world>['put']> =>
      world().put(`/v1/institutions/${city.id}/policies/vehicle-tax`, { key: world().operator, body: { title, policy } })
    expect(await put(POLICY)).toMatchObject({ status: 201, body: { version: 1 } })
    expect(await put(POLICY)).toMatchObject({ status: 200, body: { version: 1 } })
    const bill = await world().bill(city, { policy: 'vehicle-tax' })
    expect(await put({ ...POLICY, handBackAfter: 'P90D' })).toMatchObject({ status: 201, body: { version: 2 } })
    expect((await world().get(`/v1/bills/${bill.id}`, { key: city.key })).body.policy).toEqual({ name: 'vehicle-tax', version: 1 })
    expect(await world().bill(city, { policy: 'vehicle-tax' })).toMatchObject({ policy: { version: 2 } })
  })

  it.each([
    [
      'a channel that is not there',
      { chain: [{ channel: 'pigeon', wait: 'P1D', until: 'read' }] },
      'channel_unknown',
      '/policy/chain/0/channel',
    ],
    ['a channel twice', { chain: [POLICY.chain[0], POLICY.chain[0]] }, 'channel_repeated', '/policy/chain/1/channel'],
    [
      'a receipt that a channel cannot give',
      { chain: [{ channel: 'email', wait: 'P1D', until: 'delivered' }] },
      'receipt_beyond_channel',
      '/policy/chain/0/until',
    ],
    [
      'proof that no channel gives',
      { chain: [{ channel: 'email', wait: 'P1D', until: 'accepted' }] },
      'proof_beyond_channels',
      '/policy/proofOfService',
    ],
    ['a duration that is none', { handBackAfter: '60 days' }, 'duration_malformed', '/policy/handBackAfter'],
    [
      'settlement asked for without a pause',
      { settlement: { ...POLICY.settlement, askEvery: 'PT0S' } },
      'duration_zero',
      '/policy/settlement/askEvery',
    ],
    ['a checkout without time', { checkout: { expiresAfter: 'PT0S', askEvery: 'PT1S' } }, 'duration_zero', '/policy/checkout/expiresAfter'],
    [
      'more questions than anybody asks',
      { settlement: { within: 'PT0S', askEvery: 'PT1S', exceptionAfter: 'P30D' } },
      'policy_endless',
      '/policy',
    ],
    [
      'quiet hours all day',
      { calendar: { zone: 'Asia/Seoul', quietHours: { from: '08:00', until: '08:00' } } },
      'quiet_all_day',
      '/policy/calendar/quietHours',
    ],
    ['a zone that is nowhere', { calendar: { zone: 'Mars/Olympus' } }, 'zone_unknown', '/policy/calendar/zone'],
    [
      'a holiday that is not in the calendar',
      { calendar: { zone: 'Asia/Seoul', holidays: ['2026-02-30'] } },
      'value_invalid',
      '/policy/calendar/holidays/0',
    ],
    ['a surcharge that is no number', { late: { once: '3%' } }, 'value_invalid', '/policy/late/once'],
    ['a surcharge of more than everything', { late: { once: '100.1' } }, 'value_invalid', '/policy/late/once'],
    ['a surcharge as a number', { late: { once: 3 } }, 'type_wrong', '/policy/late/once'],
    ['a surcharge of nothing', { late: { once: '0' } }, 'value_invalid', '/policy/late/once'],
    [
      'a surcharge without end',
      { late: { once: '3', again: { percent: '1', every: 'P1M', times: 100_000 } } },
      'value_invalid',
      '/policy/late/again/times',
    ],
    [
      'a threshold in another currency',
      { late: { once: '3', again: { percent: '1', every: 'P1M', times: 60, principalFrom: { amount: '10.00', currency: 'EUR' } } } },
      'currency_differs',
      '/policy/late/again/principalFrom/currency',
    ],
    [
      'a threshold with digits that its currency does not have',
      { late: { once: '3', again: { percent: '1', every: 'P1M', times: 60, principalFrom: { amount: '10.00', currency: 'KRW' } } } },
      'amount_malformed',
      '/policy/late/again/principalFrom/amount',
    ],
    ['a reduction without a time', { early: { percent: '20', from: 'service' } }, 'property_missing', '/policy/early/within'],
    ['a reduction below nothing', { early: { percent: '-20', within: 'P20D', from: 'issue' } }, 'value_invalid', '/policy/early/percent'],
    ['a field that is unknown', { retries: 3 }, 'property_unknown', '/policy/retries'],
  ])('refuses a policy with %s', async (_, changes, code, pointer) => {
    const put = await world().put(`/v1/institutions/${city.id}/policies/refused`, {
      key: world().operator,
      body: { title, policy: { ...POLICY, ...changes } },
    })
    expect(put).toMatchObject({ status: 422, body: { code, pointer } })
    expect(await world().post('/v1/bills', { key: city.key, body: newBillBody({ policy: 'refused' }) })).toMatchObject({
      status: 422,
      body: { code: 'policy_unknown' },
    })
  })

  it('lets only the platform take in institutions', async () => {
    for (const key of [city.key, await world().makeKey(city.id, ['bills:read', 'bills:write'])]) {
      expect(await world().post('/v1/institutions', { key, body: body('own') })).toMatchObject({
        status: 403,
        body: { code: 'scope_missing' },
      })
      expect(await world().put(`/v1/institutions/${city.id}/policies/bill`, { key, body: { title, policy: POLICY } })).toMatchObject({
        status: 403,
      })
      expect((await world().get('/v1/institutions', { key })).body.data.map(({ id }) => id)).toEqual([city.id])
    }
    expect(await world().post('/v1/bills', { key: world().operator, body: newBillBody() })).toMatchObject({
      status: 403,
      body: { code: 'institution_key_needed' },
    })
  })
})

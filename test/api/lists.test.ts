import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { POLICY } from './inputs.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('lists, single things and their events', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
    world().clock.at += 1
    water = await world().tenant('water')
  })

  const operator = (path: string): ReturnType<ReturnType<typeof world>['get']> => world().get(path, { key: world().operator })
  const mine = (path: string): ReturnType<ReturnType<typeof world>['get']> => world().get(path, { key: city.key })
  const codeOf = async (answer: ReturnType<ReturnType<typeof world>['get']>): Promise<unknown> => {
    const { status, body } = await answer
    return [status, body.code]
  }

  /** Every row of a list, two a page. */
  async function all(path: string, key = world().operator): Promise<{ readonly id: string; readonly name: string }[]> {
    const rows: { readonly id: string; readonly name: string }[] = []
    for (let cursor = ''; ;) {
      const { body } = await world().get(`${path}${path.includes('?') ? '&' : '?'}limit=2${cursor}`, { key })
      rows.push(...body.data)
      if (body.nextCursor === null) return rows
      cursor = `&cursor=${body.nextCursor}`
    }
  }

  it('finds an institution by its short name, and shows each institution itself', async () => {
    expect((await all('/v1/institutions?slug=city')).map(({ id }) => id)).toEqual([city.id])
    expect(await all('/v1/institutions?currency=GBP')).toEqual([])
    const { body } = await operator(`/v1/institutions/${city.id}`)
    expect(body).toMatchObject({ id: city.id, slug: 'city' })
    expect((await mine(`/v1/institutions/${city.id}`)).body).toEqual(body)
    expect(await codeOf(mine(`/v1/institutions/${water.id}`))).toEqual([404, 'institution_not_found'])
    expect((await all(`/v1/institutions?createdBefore=1971-01-01T00:00:00Z`)).length).toBe(0)
  })

  it("keeps an institution's log, which says who set which policy", async () => {
    const { body } = await mine(`/v1/institutions/${city.id}/events`)
    expect(body.data.map(({ action }) => action)).toEqual(['created', 'policyAdded'])
  })

  it('lists policies in their newest versions, and the versions of each', async () => {
    const put = (name: string, changes: object): Promise<unknown> =>
      world().put(`/v1/institutions/${city.id}/policies/${name}`, {
        key: world().operator,
        body: { title: { ko: '고지', en: 'Bill' }, policy: { ...POLICY, ...changes } },
      })
    await put('parking', {})
    await put('parking', { handBackAfter: 'P90D' })
    await put('water', {})
    expect((await all(`/v1/institutions/${city.id}/policies`, city.key)).map(({ name }) => name)).toEqual(['bill', 'parking', 'water'])
    const versions = await all(`/v1/institutions/${city.id}/policies/parking/versions`)
    expect(versions).toMatchObject([
      { version: 2, policy: { handBackAfter: 'P90D' } },
      { version: 1, policy: { handBackAfter: POLICY.handBackAfter } },
    ])
    expect((await mine(`/v1/institutions/${city.id}/policies/parking`)).body).toMatchObject({ version: 2, policy: { chain: POLICY.chain } })
    expect((await mine(`/v1/institutions/${city.id}/policies/parking?version=1`)).body).toEqual(versions[1])
    expect(await codeOf(mine(`/v1/institutions/${city.id}/policies/parking?version=3`))).toEqual([404, 'policy_not_found'])
    expect(await codeOf(mine(`/v1/institutions/${city.id}/policies/none/versions`))).toEqual([404, 'policy_not_found'])
    for (const version of ['0', '-1', '1.5', 'x', '99999999999'])
      expect(await codeOf(mine(`/v1/institutions/${city.id}/policies/parking?version=${version}`))).toEqual([400, 'parameter_invalid'])
  })

  it('sets what it reads: a policy that is read and put back is the same version', async () => {
    const { body } = await operator(`/v1/institutions/${city.id}/policies/bill`)
    const { title, policy } = body as unknown as { title: unknown; policy: unknown }
    const again = await world().put(`/v1/institutions/${city.id}/policies/bill`, { key: world().operator, body: { title, policy } })
    expect(again.status).toBe(200)
  })

  it('rehearses a policy on a bill that nobody has', async () => {
    const rehearse = (query: string): ReturnType<typeof mine> => mine(`/v1/institutions/${city.id}/policies/bill/forecast${query}`)
    const { body } = await rehearse('?amount=5000&issueAt=2026-12-01T00:00:00Z')
    expect(body.steps.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['willBeIssued', 'noticeWillBeSent', 'willFallDue', 'willBeHandedBack']),
    )
    expect(body.next).toMatchObject({ code: 'willBeIssued', at: '2026-12-01T00:00:00.000Z' })
    const notice = await rehearse('?amount=none')
    expect(notice.body.steps.map(({ code }) => code)).not.toContain('willFallDue')
    const channels = (steps: readonly { channel: string | null }[]): unknown => [...new Set(steps.flatMap(({ channel }) => channel ?? []))]
    expect(channels((await rehearse(`?channels=${POLICY.chain[0]?.channel}`)).body.steps)).toEqual([POLICY.chain[0]?.channel])
    expect(await codeOf(rehearse('?amount=-5'))).toEqual([422, 'amount_not_positive'])
    expect(await codeOf(rehearse('?amount=1.5'))).toEqual([422, 'amount_malformed'])
    expect(await codeOf(rehearse('?channels=a;b'))).toEqual([400, 'parameter_invalid'])
    expect(await world().root.sql`select from bills`).toHaveLength(0)
  })

  it('lists keys without their secrets, and what became of each', async () => {
    const made = await world().post(`/v1/institutions/${city.id}/keys`, { key: world().operator, body: { scopes: ['bills:read'] } })
    const { id, secret } = made.body
    const listed = await operator(`/v1/keys?institution=${city.id}`)
    expect(listed.body.data).toHaveLength(2)
    expect(listed.text).not.toContain(secret)
    expect((await operator(`/v1/keys/${id}`)).body).toMatchObject({
      id,
      institution: city.id,
      begins: secret.slice(0, 14),
      revokedAt: null,
    })
    await world().post(`/v1/keys/${id}/revoke`, { key: world().operator })
    expect((await operator(`/v1/keys/${id}/events`)).body.data.map(({ action }) => action)).toEqual(['created', 'revoked'])
    expect((await all(`/v1/keys?institution=${city.id}&inForce=false`)).map((key) => key.id)).toEqual([id])
    expect((await all(`/v1/keys?institution=${city.id}&inForce=true`)).map((key) => key.id)).not.toContain(id)
    for (const path of ['/v1/keys', `/v1/keys/${id}`, `/v1/keys/${id}/events`]) {
      expect(await codeOf(mine(path))).toEqual([403, 'scope_missing'])
      expect(await codeOf(world().get(path, { key: await world().makeKey(city.id, ['operator']) }))).toEqual([403, 'platform_key_needed'])
    }
  })

  it("keeps a platform's keys of test bills from its key of live ones", async () => {
    const live = await world().makeKey(null, ['operator'], 'live')
    const { body } = await world().get('/v1/keys', { key: live })
    expect(body.data).toHaveLength(1)
    expect(await codeOf(world().get(`/v1/keys/${(await all('/v1/keys'))[0]?.id}`, { key: live }))).toEqual([404, 'key_not_found'])
  })

  it('lists checkouts by state and bill, those of several institutions for the platform alone', async () => {
    const bills: string[] = []
    for (const tenant of [city, city, water]) {
      world().clock.at += 1
      const { id } = await world().bill(tenant)
      await issue(world(), id)
      bills.push(id)
    }
    const begin = async (key: string, ...ids: (string | undefined)[]): Promise<string> => {
      world().clock.at += 1
      return (await world().post('/v1/checkouts', { key, body: { bills: ids, language: 'ko' } })).body.id
    }
    const first = await begin(city.key, bills[0])
    const second = await begin(city.key, bills[1])
    await world().post(`/v1/checkouts/${second}/cancel`, { key: city.key })
    const both = await begin(world().operator, bills[1], bills[2])
    expect((await all('/v1/checkouts')).map(({ id }) => id)).toEqual([both, second, first])
    expect((await all('/v1/checkouts', city.key)).map(({ id }) => id)).toEqual([second, first])
    expect(await all('/v1/checkouts', water.key)).toEqual([])
    expect((await all('/v1/checkouts?state=cancelled', city.key)).map(({ id }) => id)).toEqual([second])
    expect((await all(`/v1/checkouts?bill=${bills[1]}`)).map(({ id }) => id)).toEqual([both, second])
    expect((await operator(`/v1/checkouts?bill=${bills[2]}`)).body.data).toMatchObject([{ bills: 2, state: 'open' }])
    expect(await codeOf(mine('/v1/checkouts?state=payed'))).toEqual([400, 'parameter_invalid'])
    const events = await mine(`/v1/checkouts/${second}/events`)
    expect(events.body.data.map(({ action }) => action)).toEqual(['checkoutBegun', 'checkoutEnded'])
    const pages = (await all(`/v1/checkouts/${both}/events`)) as unknown as { bill: string; action: string }[]
    expect(pages.map(({ bill, action }) => [bill, action]).sort()).toEqual(
      [
        [bills[1], 'checkoutBegun'],
        [bills[2], 'checkoutBegun'],
      ].sort(),
    )
    expect(await codeOf(mine(`/v1/checkouts/${both}/events`))).toEqual([404, 'checkout_not_found'])
  })
})

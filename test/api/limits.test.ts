import { afterEach, beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import type { Answer } from './client.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant, World } from './world.ts'

const MINUTE = 60_000
const KEY = 12
const ADDRESS = 50
const WEBHOOK = 45
const settings = {
  GOJI_LIMIT_KEY: String(KEY),
  GOJI_LIMIT_ADDRESS: String(ADDRESS),
  GOJI_LIMIT_WEBHOOK: String(WEBHOOK),
  GOJI_LIMIT_CHECKOUTS: '3',
  GOJI_TRUSTED_PROXIES: '127.0.0.0/8',
}

describeIf(missing === null, missing ?? '')('limits', () => {
  const world = openWorld({ settings })
  let city: Tenant
  let networks = 0

  beforeAll(async () => {
    city = await world().tenant('city')
  })
  // Each case has a minute of its own.
  afterEach(() => {
    world().clock.at += MINUTE
  })

  const list = (key: string, of = world()): Promise<Answer> => of.get('/v1/bills', { key })
  const from = (): Readonly<Record<string, string>> => ({ 'x-forwarded-for': `203.0.113.${++networks}` })
  const statuses = (answers: readonly Answer[]): Record<number, number> =>
    answers.reduce<Record<number, number>>((sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {})
  const times = (count: number, ask: () => Promise<Answer>): Promise<Answer[]> => Promise.all(Array.from({ length: count }, ask))

  it('let a key ask so often in a minute, however many ask at once, and say when to go on', async () => {
    const key = await world().makeKey(city.id, ['bills:read'])
    world().clock.at += 15_000
    const answers = await times(KEY + 8, () => list(key))
    expect(statuses(answers)).toEqual({ 200: KEY, 429: 8 })
    const refused = await list(key)
    expect(refused.body).toMatchObject({ code: 'rate_limited', status: 429 })
    expect(refused.headers.get('retry-after')).toBe('45')
    world().clock.at += 45_000 - 1
    expect((await list(key)).status).toBe(429)
    world().clock.at += 1
    expect((await list(key)).status).toBe(200)
  })

  it('are those of one key, and of no other', async () => {
    const [one, other] = [await world().makeKey(city.id, ['bills:read']), await world().makeKey(city.id, ['bills:read'])]
    await times(KEY + 1, () => list(one))
    expect([(await list(one)).status, (await list(other)).status]).toEqual([429, 200])
  })

  it('are shared by all processes of the API', async () => {
    const second = new World(world().root.config.DATABASE_URL, { settings })
    await second.start()
    second.clock.at = world().clock.at
    const key = await world().makeKey(city.id, ['bills:read'])
    const answers = [...(await times(KEY - 2, () => list(key))), ...(await times(6, () => list(key, second)))]
    expect(statuses(answers)).toEqual({ 200: KEY, 429: 4 })
    expect((await list(key)).status).toBe(429)
    await second.stop()
  })

  it('make looking for what is not there dear', async () => {
    const key = await world().makeKey(city.id, ['bills:read'])
    const guess = (): Promise<Answer> => world().get('/v1/bills/bill_01hfz3k9q4m7v2x8c5t6w0r3en', { key })
    expect([(await guess()).status, (await guess()).status]).toEqual([404, 429])
    // A path that is not there at all is a mistake of a program, and tells nobody of anything.
    const careless = await world().makeKey(city.id, ['bills:read'])
    await times(KEY - 1, () => world().get('/v1/nothing', { key: careless }))
    expect((await list(careless)).status).toBe(200)
  })

  it('hold up whoever tries keys, and nobody with a key at the same address', async () => {
    const headers = from()
    const guess = (): Promise<Answer> => world().get('/v1/bills', { key: `goji_test_${'a'.repeat(43)}`, headers })
    expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([401, 401, 429])
    expect((await world().get('/v1/bills', { key: city.key, headers })).status).toBe(200)
    expect((await world().get('/v1/bills', { headers: from() })).status).toBe(401)
  })

  it('hold up webhooks by their network, and those with a wrong signature soon', async () => {
    const send = (headers: Readonly<Record<string, string>>, signature: string): Promise<Answer> =>
      world().post('/webhooks/gateway/test', {
        body: JSON.stringify({ eventId: 'e', subject: 'refund', key: 'rfd' }),
        headers: { ...headers, 'x-signature': signature },
        idempotencyKey: null,
      })
    const provider = from()
    expect(statuses(await times(WEBHOOK + 5, () => send(provider, 'good')))).toEqual({ 200: WEBHOOK, 429: 5 })
    const forger = from()
    const forged: number[] = []
    for (let count = 0; count < 4; count++) forged.push((await send(forger, 'bad')).status)
    expect(forged).toEqual([401, 401, 401, 429])
  })

  it('never count who looks whether the service lives', async () => {
    const headers = from()
    await times(ADDRESS + 5, () => world().get('/v1/bills', { headers }))
    for (const path of ['/healthz', '/readyz', '/openapi.json']) expect((await world().get(path, { headers })).status).toBe(200)
  })

  it('believe in a forwarded address where a trusted proxy says so, and in no other', async () => {
    const refused = async (of: World, headers: () => Readonly<Record<string, string>>): Promise<boolean> =>
      (await times(ADDRESS + 10, () => of.get('/v1/bills', { headers: headers() }))).some(({ status }) => status === 429)
    expect(await refused(world(), from)).toBe(false)
    const open = new World(world().root.config.DATABASE_URL, { settings: { ...settings, GOJI_TRUSTED_PROXIES: '' } })
    await open.start()
    open.clock.at = world().clock.at
    expect(await refused(open, from)).toBe(true)
    await open.stop()
  })

  it('let no more payments of one bill be begun in an hour, and do not count the repetition of a request', async () => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    const start = (idempotencyKey: string): Promise<Answer> =>
      world().post('/v1/checkouts', { key: city.key, body: { bills: [id], language: 'ko' }, idempotencyKey })
    world().clock.at += MINUTE
    for (const key of ['a', 'a', 'b', 'b', 'c']) expect((await start(key)).status).toBe(201)
    world().clock.at += MINUTE
    const refused = await start('d')
    expect(refused).toMatchObject({ status: 429, body: { code: 'checkouts_too_many' } })
    expect(refused.headers.get('retry-after')).toBe(String(59 * 60))
    // The payment that is open stands, and the refused key may be tried again.
    expect((await start('c')).body).toMatchObject({ state: 'open' })
    world().clock.at += 59 * MINUTE
    expect((await start('d')).status).toBe(201)
  })

  it('keep no address and no key in clear', async () => {
    await world().get('/v1/bills', { headers: { 'x-forwarded-for': '198.51.100.77' } })
    const rows = await world().root.sql<{ bucket: string }[]>`select bucket from rate_limits`
    expect(rows.length).toBeGreaterThan(5)
    for (const { bucket } of rows) expect(bucket).toMatch(/^(?:key:key_[0-9a-z]{26}|(?:address|webhook):[A-Za-z0-9_-]{43})$/)
  })

  it('stop nothing when they cannot be counted, and say so once', async () => {
    const rename = (from: string, to: string): Promise<unknown> =>
      world().root.sql.begin(async (tx) => {
        await tx`set local role none`
        await tx.unsafe(`alter table goji.${from} rename to ${to}`)
      })
    await rename('rate_limits', 'gone')
    const key = await world().makeKey(city.id, ['bills:read'])
    const before = world().logged.length
    const answers = await times(KEY + 20, () => list(key))
    expect(statuses(answers)).toEqual({ 200: KEY + 20 })
    expect(
      world()
        .logged.slice(before)
        .filter((line) => line.includes('not counted for a while')),
    ).toHaveLength(1)
    await rename('gone', 'rate_limits')
    world().clock.at += 5_000
    expect(statuses(await times(KEY + 20, () => list(key)))).toMatchObject({ 429: expect.any(Number) })
  })
})

it('are so wide unless set that a whole run of bills fits into them', () => {
  const { config } = new World('postgres://nobody@127.0.0.1:1/nothing').root
  expect([config.GOJI_LIMIT_KEY, config.GOJI_LIMIT_ADDRESS, config.GOJI_LIMIT_WEBHOOK]).toEqual([30_000, 3_000, 30_000])
  expect(NOW % MINUTE).toBe(0)
})

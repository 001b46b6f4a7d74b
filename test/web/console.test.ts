import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { insertBatch } from '../../store/batches/insert-batch.ts'
import { finishWork } from '../../store/batches/work.ts'
import { insertApiKey, type Scope } from '../../store/keys/insert-api-key.ts'
import { revokeApiKey } from '../../store/keys/revoke-api-key.ts'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { makeEndpoint } from '../webhooks-out/endpoint.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW, POLICY } from './world.ts'

const ALL: readonly Scope[] = ['console', 'bills:read', 'bills:write', 'webhooks:write']

describeIf(missing === null, missing ?? '')('the console', () => {
  const world = openWorld()
  let city = ''
  let water = ''
  let cityBill = ''
  let waterBill = ''

  beforeAll(async () => {
    const policy = { ...POLICY, objection: { within: 'P90D' } } as const
    city = await world().institution('city', { ko: '한강시청', en: 'Hangang City' }, { policy })
    water = await world().institution('water', { ko: '수도사업소', en: 'Water Works' })
    cityBill = await world().bill({ institutionId: city, citizen: 'a', title: 'Car tax', number: 'C-1', minor: 128_500n })
    waterBill = await world().bill({ institutionId: water, citizen: 'b', title: 'Water', number: 'W-1' })
  })
  beforeEach(async () => {
    await world().root.sql`delete from console_refusals`
    world().clock.at = NOW
  })

  const makeKey = (institutionId: string | null, scopes = ALL, mode: 'test' | 'live' = 'live'): Promise<{ id: string; key: string }> =>
    transaction(world().root.sql, (tx) => insertApiKey(tx, { institutionId, mode, scopes, pepper: 'p'.repeat(40) }, NOW))

  async function signedIn(institutionId: string | null, scopes: readonly Scope[] = ALL): Promise<Browser> {
    const browser = world().browser()
    const { key } = await makeKey(institutionId, scopes)
    const answer = await browser.post('/console/sign-in?lang=en', { apiKey: key, next: '/console' })
    expect([answer.status, answer.location]).toEqual([303, '/console'])
    return browser
  }
  const statusOf = async (billId: string): Promise<string> => {
    const [row] = await world().root.sql<{ status: string }[]>`select status from bills where id = ${billId}`
    return row?.status ?? ''
  }

  describe('signing in', () => {
    it('is asked for on every page, and leads back to it', async () => {
      for (const path of ['/console', '/console/bills', `/console/bills/${cityBill}`, '/console/webhooks']) {
        const answer = await world().browser().get(path)
        expect([answer.status, answer.location]).toEqual([303, `/console/sign-in?next=${encodeURIComponent(path)}`])
      }
      const browser = world().browser()
      const form = await browser.get('/console/sign-in?next=%2Fconsole%2Fbills%3Foverdue%3D1')
      expect(fieldOf(form.body, 'next')).toBe('/console/bills?overdue=1')
      for (const away of ['https://evil.example/', '//evil.example', '/bills', '/console@evil.example'])
        expect(fieldOf((await browser.get(`/console/sign-in?next=${encodeURIComponent(away)}`)).body, 'next')).toBe('/console')
    })

    it('leaves no key in the browser, only a strict cookie that ends by itself', async () => {
      const { key } = await makeKey(city)
      const browser = world().browser()
      const answer = await browser.post('/console/sign-in', { apiKey: key })
      const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('goji_console='))
      expect(cookie).toMatch(/HttpOnly/)
      expect(cookie).toMatch(/SameSite=Strict/)
      expect(Buffer.from(cookie ?? '', 'base64url').toString()).not.toContain(key.slice(11))
      expect((await browser.get('/console')).status).toBe(200)
      world().clock.at = NOW + 31 * 60_000
      expect((await browser.get('/console')).status).toBe(303)
    })

    it('refuses a key without the scope, an ended one and a made-up one with the same words', async () => {
      const unfit = await makeKey(city, ['bills:read'])
      const ended = await makeKey(city)
      await transaction(world().root.sql, (tx) => revokeApiKey(tx, ended.id, 'test', NOW))
      const answers = await Promise.all(
        [unfit.key, ended.key, `goji_live_${'x'.repeat(43)}`, "' or 1=1 --", ''].map((apiKey) =>
          world().browser().post('/console/sign-in', { apiKey, next: '/console' }),
        ),
      )
      for (const answer of answers) expect(answer.status).toBe(400)
      const plain = answers.map(({ body }) => body.replaceAll(/value="[^"]*"/g, ''))
      expect(new Set(plain).size).toBe(1)
    })

    it('is refused for a while after ten wrong keys', async () => {
      const { key } = await makeKey(city)
      for (let tries = 0; tries < 10; tries++) await world().browser().post('/console/sign-in', { apiKey: 'wrong' })
      expect((await world().browser().post('/console/sign-in', { apiKey: key })).status).toBe(429)
      world().clock.at = NOW + 16 * 60_000
      expect((await world().browser().post('/console/sign-in', { apiKey: key })).status).toBe(303)
    })

    it('ends with the key, and by signing out', async () => {
      const { id, key } = await makeKey(city)
      const browser = world().browser()
      await browser.post('/console/sign-in', { apiKey: key })
      expect((await browser.get('/console')).status).toBe(200)
      await transaction(world().root.sql, (tx) => revokeApiKey(tx, id, 'test', NOW))
      expect((await browser.get('/console')).status).toBe(303)
      const other = await signedIn(city)
      const page = await other.get('/console')
      expect((await other.post('/console/sign-out', { key: fieldOf(page.body, 'key') })).location).toBe('/console/sign-in?signedOut')
      expect((await other.get('/console')).status).toBe(303)
    })
  })

  it("shows an institution its own bills and nothing of another's", async () => {
    const browser = await signedIn(city)
    const list = await browser.get('/console/bills')
    expect(list.body).toContain('Car tax')
    expect(list.body).not.toContain('W-1')
    expect((await browser.get('/console')).body).not.toContain('Water Works')
    const [foreign, unknown] = [
      await browser.get(`/console/bills/${waterBill}`),
      await browser.get(`/console/bills/${waterBill.slice(0, -1)}0`),
    ]
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    const key = fieldOf((await browser.get(`/console/bills/${cityBill}/pause`)).body, 'key')
    expect((await browser.post(`/console/bills/${waterBill}/pause`, { key, reason: 'not mine' })).status).toBe(404)
    const operator = await signedIn(null, ['operator'])
    const all = (await operator.get('/console/bills')).body
    expect([all.includes('Car tax'), all.includes('W-1')]).toEqual([true, true])
    expect((await operator.get(`/console/bills/${waterBill}`)).status).toBe(200)
    expect((await operator.get('/console')).body).toContain('Water Works')
  })

  it('keeps test and live bills apart', async () => {
    const browser = world().browser()
    const { key } = await makeKey(city, ALL, 'test')
    await browser.post('/console/sign-in', { apiKey: key })
    expect((await browser.get(`/console/bills/${cityBill}`)).status).toBe(404)
  })

  it('finds bills by number, status and stage, page by page', async () => {
    const browser = await signedIn(city)
    for (let index = 0; index < 30; index++) await world().bill({ institutionId: city, citizen: `p${index}`, number: `P-${index}` })
    const first = await browser.get('/console/bills')
    const next = /href="(\/console\/bills\?cursor=[^"]+)" rel="next"/.exec(first.body)?.[1] ?? ''
    const second = await browser.get(next.replaceAll('&amp;', '&'))
    const numbers = (body: string): string[] => [...body.matchAll(/<p>\s*([CP]-\d+)/g)].map(([, number]) => number ?? '')
    expect(numbers(first.body)).toHaveLength(25)
    expect(new Set([...numbers(first.body), ...numbers(second.body)]).size).toBe(31)
    expect(numbers((await browser.get('/console/bills?number=P-7')).body)).toEqual(['P-7'])
    expect(numbers((await browser.get('/console/bills?status=settled')).body)).toEqual([])
    for (const odd of ['?status=eaten', '?cursor=made-up', '?number=%00', '?stage[]=x', '?lang=xx'])
      expect((await browser.get(`/console/bills${odd}`)).status).toBe(200)
  })

  it("tells a bill's story, and what comes next", async () => {
    const browser = await signedIn(city)
    const { body } = await browser.get(`/console/bills/${cityBill}`)
    expect(body).toContain('The bill was received.')
    expect(body).toMatch(/It was delivered \(/)
    expect(body).toContain('₩128,500')
    expect(body).toContain('The due date passes.')
    const korean = await browser.get(`/console/bills/${cityBill}?lang=ko`)
    expect(korean.body).toContain('고지서를 받았습니다.')
  })

  describe('an order', () => {
    it('is carried out once, with its reason, by whom', async () => {
      const browser = await signedIn(city)
      const billId = await world().bill({ institutionId: city, citizen: 'order' })
      const form = await browser.get(`/console/bills/${billId}/cancel?lang=en`)
      const fields = { key: fieldOf(form.body, 'key'), reason: 'Issued by mistake', sure: '1' }
      const [one, two] = await Promise.all([1, 2].map(() => browser.post(`/console/bills/${billId}/cancel`, fields)))
      expect([one?.status, two?.status]).toEqual([303, 303])
      expect(await statusOf(billId)).toBe('cancelled')
      const { body } = await browser.get(`/console/bills/${billId}`)
      expect(body.match(/It was cancelled\./g)).toHaveLength(1)
      expect(body).toContain('Reason: Issued by mistake')
      expect(world().engine.wakes.some((wake) => wake.billId === billId && wake.kind === 'cancelled')).toBe(true)
      const again = await browser.post(`/console/bills/${billId}/cancel`, { ...fields, reason: 'Other words' })
      expect([again.status, again.body.includes('This form was sent before')]).toEqual([409, true])
    })

    it('needs a reason, and a tick where it cannot be undone', async () => {
      const browser = await signedIn(city)
      const billId = await world().bill({ institutionId: city, citizen: 'wrong' })
      const path = `/console/bills/${billId}/write-off`
      const key = fieldOf((await browser.get(path)).body, 'key')
      for (const fields of [
        { reason: '' },
        { reason: 'ok' },
        { reason: '4111 1111 1111 1111', sure: '1' },
        { reason: 'a\u202eb', sure: '1' },
      ])
        expect((await browser.post(path, { key, ...fields })).status).toBe(400)
      expect(await statusOf(billId)).not.toBe('writtenOff')
      const answer = await browser.post(path, { key, reason: '<script>alert(1)</script>' })
      expect(answer.body).not.toContain('<script>')
      expect((await browser.get(`/console/bills/${billId}/eat`)).status).toBe(404)
    })

    it('puts off a due date, later only', async () => {
      const browser = await signedIn(city)
      const billId = await world().bill({ institutionId: city, citizen: 'late' })
      const path = `/console/bills/${billId}/extend`
      const key = fieldOf((await browser.get(path)).body, 'key')
      const say = (dueDate: string): Promise<number> =>
        browser.post(path, { key, reason: 'asked for', dueDate }).then(({ status }) => status)
      expect([await say(''), await say('2026-02-31'), await say('soon'), await say('2026-11-25')]).toEqual([400, 400, 400, 409])
      expect(await say('2027-03-31')).toBe(303)
    })

    it('is refused without the form of this very clerk, and from another site', async () => {
      const browser = await signedIn(city)
      const other = await signedIn(city)
      const path = `/console/bills/${cityBill}/pause`
      const foreign = fieldOf((await other.get(path)).body, 'key')
      for (const key of ['', 'made-up', foreign]) expect((await browser.post(path, { key, reason: 'x' })).status).toBe(403)
      const own = fieldOf((await browser.get(path)).body, 'key')
      const across = await browser.post(path, { key: own, reason: 'x' }, { 'Sec-Fetch-Site': 'cross-site' })
      expect(across.status).toBe(403)
    })

    it('is not offered to a key that may only read', async () => {
      const browser = await signedIn(city, ['console', 'bills:read'])
      const page = await browser.get(`/console/bills/${cityBill}`)
      expect(page.body).not.toContain(`/console/bills/${cityBill}/pause`)
      expect((await browser.get(`/console/bills/${cityBill}/pause`)).status).toBe(403)
      expect((await browser.get('/console/webhooks')).status).toBe(403)
    })

    it('is recorded also while the engine is away', async () => {
      const browser = await signedIn(city)
      const billId = await world().bill({ institutionId: city, citizen: 'away' })
      world().engine.down = true
      const key = fieldOf((await browser.get(`/console/bills/${billId}/pause`)).body, 'key')
      const answer = await browser.post(`/console/bills/${billId}/pause`, { key, reason: 'away' })
      world().engine.down = false
      expect(answer.status).toBe(303)
      expect((await browser.get(`/console/bills/${billId}`)).body).toContain('It was paused.')
    })
  })

  it('answers an objection', async () => {
    const browser = await signedIn(city)
    const billId = await world().bill({ institutionId: city, citizen: 'objects' })
    const filed = await transaction(world().root.sql, (tx) =>
      fileObjection(tx, { billId, text: 'This car is <b>not mine</b>', receivedAt: NOW, actor: 'citizen', byCitizen: true }, NOW),
    )
    const { objectionId } = filed
    expect((await browser.get('/console/objections')).body).toContain('Needs an answer')
    const path = `/console/objections/${objectionId}`
    const page = await browser.get(path)
    expect(page.body).toContain('This car is &lt;b&gt;not mine&lt;/b&gt;')
    const key = fieldOf(page.body.slice(page.body.indexOf('<main')), 'key')
    expect((await browser.post(path, { key, reason: 'x' })).status).toBe(400)
    expect((await browser.post(path, { key, outcome: 'upheld', reason: 'You are right' })).status).toBe(303)
    expect(await statusOf(billId)).toBe('cancelled')
    expect((await (await signedIn(water)).get(path)).status).toBe(404)
  })

  it('shows webhook endpoints, and turns them on and off', async () => {
    const browser = await signedIn(city)
    expect((await browser.get('/console/webhooks')).body).toContain('There is no address for webhooks.')
    const { endpointId } = await makeEndpoint(world().root, city, 'https://city.example/hook', [], 'live')
    const page = await browser.get(`/console/webhooks/${endpointId}`)
    const key = fieldOf(page.body.slice(page.body.indexOf('<main')), 'key')
    expect((await browser.post(`/console/webhooks/${endpointId}`, { key, to: 'disable' })).status).toBe(303)
    expect((await browser.get('/console/webhooks')).body).toContain('Off')
    expect(world().engine.webhooks).toContain(endpointId)
    expect((await (await signedIn(water)).get(`/console/webhooks/${endpointId}`)).status).toBe(404)
  })

  it('pauses a file of bills, and tells the institution when one is done', async () => {
    const { sql } = world().root
    const batchId = await transaction(sql, (tx) =>
      insertBatch(tx, { institutionId: city, mode: 'live', name: 'November', reading: {}, actor: 'test' }, NOW),
    )
    await sql`update batches set state = 'uploading' where id = ${batchId}`
    await sql`update batches set state = 'ready' where id = ${batchId}`
    await sql`update batches set state = 'issuing' where id = ${batchId}`
    const browser = await signedIn(city)
    expect((await browser.get('/console/batches')).body).toContain('November')
    const path = `/console/batches/${batchId}`
    const page = await browser.get(path)
    const key = fieldOf(page.body.slice(page.body.indexOf('<main')), 'key')
    expect((await browser.post(path, { key, reason: 'wait' })).status).toBe(400)
    expect((await browser.post(path, { key, order: 'pause', reason: 'Amounts are checked' })).status).toBe(303)
    expect((await browser.get(path)).body).toMatch(/Paused[\s\S]*Amounts are checked/)
    expect(world().engine.batches).toEqual([batchId])
    expect((await (await signedIn(water)).get(path)).status).toBe(404)
    await sql`update batches set state = 'issuing' where id = ${batchId}`
    await transaction(sql, (tx) => finishWork(tx, batchId, NOW))
    const [event] = await sql<{ type: string; data: unknown }[]>`select type, data from events where subject = ${`batch:${batchId}`}`
    expect(event).toEqual({ type: 'batch.finished', data: { state: 'issued', rows: {} } })
  })

  it('lets the platform assign and dismiss what somebody has to look at', async () => {
    const { sql } = world().root
    const id = 'exc_01hfz3k9q4m7v2x8c5t6w0r3en'
    await sql`
      insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
      values (${id}, ${cityBill}, ${city}, 'settlementLate', ${cityBill}, 'operations', ${NOW - 3 * DAY})`
    const clerk = await signedIn(city)
    expect((await clerk.get('/console/exceptions')).body).toMatch(/The settlement did not come[\s\S]*3 days/)
    const path = `/console/exceptions/${id}`
    expect((await clerk.get(path)).body).not.toContain('<form method="post" action="/console/exceptions')
    expect((await (await signedIn(water)).get(path)).status).toBe(404)
    const operator = await signedIn(null, ['operator'])
    const keyOf = async (): Promise<string> => {
      const { body } = await operator.get(path)
      return fieldOf(body.slice(body.indexOf('<main')), 'key')
    }
    expect((await operator.post(path, { key: await keyOf(), do: 'assign', owner: '' })).status).toBe(400)
    expect((await operator.post(path, { key: await keyOf(), do: 'assign', owner: 'Payments team' })).status).toBe(303)
    expect((await operator.get('/console/exceptions')).body).toContain('Payments team')
    const key = await keyOf()
    expect((await operator.post(path, { key, do: 'dismiss', reason: 'Paid in cash' })).status).toBe(303)
    expect((await operator.post(path, { key, do: 'dismiss', reason: 'Again' })).status).toBe(409)
    expect((await operator.get('/console/exceptions')).body).toContain('There is nothing to look at.')
  })

  it('has a page for what waits, and one for nothing', async () => {
    const browser = await signedIn(water)
    for (const path of ['batches', 'exceptions', 'objections', 'returned', 'refunds', 'refunds?open=1', 'webhooks'])
      expect([path, (await browser.get(`/console/${path}`)).status]).toEqual([path, 200])
    expect((await browser.get('/console/nowhere')).status).toBe(404)
    const late = await world().bill({ institutionId: water, citizen: 'late', number: 'W-2', issueAt: NOW - 40 * DAY })
    await world().live(late, NOW)
    const today = await browser.get('/console')
    expect(today.body).toMatch(/Overdue bills<\/a>\s*<strong>1</)
  })
})

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ApiRefusal, Goji } from '../../client/index.ts'
import { FAKE_KEY, FakeApi } from './fake-api.ts'

let api: FakeApi
let url: string
beforeEach(async () => {
  api = new FakeApi()
  url = await api.listen()
})
afterEach(() => api.close())

const institution = { slug: 'bristol', name: { ko: '브리스틀', en: 'Bristol' }, currency: 'GBP', zone: 'Europe/London' } as const

describe('the client', () => {
  it('sends a request again under the same key when the engine was out of service', async () => {
    const answers = [503, 500]
    api.intercept = () => {
      const status = answers.shift()
      return status === undefined ? undefined : { status, body: {} }
    }
    await new Goji({ url, key: FAKE_KEY }).post('/v1/institutions', { body: institution })
    expect(api.requests).toHaveLength(3)
    expect(new Set(api.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
  })

  it('makes the same key of the same words in another process, and another one of others', async () => {
    for (const body of [institution, institution, { ...institution, slug: 'dorset' }])
      await new Goji({ url, key: FAKE_KEY }).post('/v1/institutions', { body })
    await new Goji({ url, key: FAKE_KEY }).post('/v1/institutions', { body: institution, occasion: 'once more' }).catch(() => undefined)
    const keys = api.requests.map(({ idempotencyKey }) => idempotencyKey)
    expect(keys[1]).toBe(keys[0])
    expect(new Set(keys).size).toBe(3)
  })

  it('tells a refusal by its code, and does not repeat it', async () => {
    api.intercept = () => ({
      status: 422,
      body: { code: 'amount_malformed', detail: 'Write it otherwise.', pointer: '/amount', requestId: 'req_9' },
    })
    const error = await new Goji({ url, key: FAKE_KEY })
      .post('/v1/bills/{id}/cancel', { path: { id: 'bill_1' }, body: { reason: 'x' } })
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ApiRefusal)
    expect(error).toMatchObject({
      status: 422,
      code: 'amount_malformed',
      message: 'Write it otherwise.',
      pointer: '/amount',
      requestId: 'req_9',
    })
    expect(api.requests).toHaveLength(1)
  })

  it('waits as long as it is asked to', async () => {
    let asked = 0
    api.intercept = () => (asked++ === 0 ? { status: 429, body: {}, headers: { 'retry-after': '1' } } : undefined)
    const since = performance.now()
    await new Goji({ url, key: FAKE_KEY }).get('/v1/institutions')
    expect(performance.now() - since).toBeGreaterThan(990)
  })

  it('names the address at which nothing answers, or something else does', async () => {
    await api.close()
    await expect(new Goji({ url, key: FAKE_KEY, attempts: 2 }).get('/v1/bills')).rejects.toThrow(
      `Nothing answers at ${url} (ECONNREFUSED). Start the engine with "npm start", or name another address (goji: --url).`,
    )
    api = new FakeApi()
    url = await api.listen()
    api.intercept = () => ({ status: 404, body: 'no problem+json' })
    await expect(new Goji({ url, key: FAKE_KEY }).get('/v1/bills')).rejects.toMatchObject({ code: 'http_404' })
  })

  it('has no more than sixteen requests under way', async () => {
    let most = 0
    let open = 0
    const client = new Goji({ url, key: FAKE_KEY })
    const fetched = globalThis.fetch
    globalThis.fetch = async (...request) => {
      open += 1
      most = Math.max(most, open)
      return fetched(...request).finally(() => (open -= 1))
    }
    try {
      await Promise.all(Array.from({ length: 100 }, () => client.get('/v1/institutions')))
    } finally {
      globalThis.fetch = fetched
    }
    expect(most).toBeLessThanOrEqual(16)
    expect(api.requests).toHaveLength(100)
  })

  it('writes parts of a path so that they stay parts, and every filter that is said', async () => {
    api.intercept = () => ({ status: 200, body: { data: [], nextCursor: null } })
    const goji = new Goji({ url, key: FAKE_KEY })
    await goji.get('/v1/bills/{id}/events', { path: { id: '../keys?x=1#' }, query: { limit: 5, cursor: undefined } })
    await goji.get('/v1/bills', { query: { status: 'overdue', citizenIdentifier: 'a&b c' } })
    expect(api.requests.map(({ path }) => path)).toEqual([
      '/v1/bills/..%2Fkeys%3Fx%3D1%23/events?limit=5',
      '/v1/bills?status=overdue&citizenIdentifier=a%26b%20c',
    ])
  })

  it('reads a list page by page, and no more of it than is asked for', async () => {
    api.intercept = ({ path }) => {
      const search = new URLSearchParams(path.split('?')[1])
      const page = Number(search.get('cursor') ?? 0)
      const data = Array.from({ length: Number(search.get('limit')) }, (_, index) => ({ id: `bill_${page}_${index}` }))
      return { status: 200, body: { data, nextCursor: page === 2 ? null : String(page + 1) } }
    }
    const goji = new Goji({ url, key: FAKE_KEY })
    expect(await goji.rows('/v1/bills', { limit: 130 })).toHaveLength(130)
    expect(api.requests.map(({ path }) => path)).toEqual(['/v1/bills?limit=100', '/v1/bills?limit=30&cursor=1'])
    expect(await goji.rows('/v1/bills')).toHaveLength(300)
  })

  it('sends a file as it is, and takes one as it is', async () => {
    const bytes = new Uint8Array([0, 255, 13, 10])
    api.raw = { type: 'application/pdf', bytes }
    const goji = new Goji({ url, key: FAKE_KEY })
    expect(await goji.download('/v1/bills/{id}', { path: { id: 'bill_1' } })).toEqual({ type: 'application/pdf', bytes })
    api.raw = undefined
    await goji.send('/v1/statements', { raw: { type: 'text/plain', bytes: '{"a":1}' } })
    expect(api.requests.at(-1)).toMatchObject({ type: 'text/plain', body: { a: 1 } })
  })

  it('says so when what answers is no Goji API', async () => {
    api.raw = { type: 'text/html', bytes: new TextEncoder().encode('<p>Welcome</p>') }
    await expect(new Goji({ url, key: FAKE_KEY }).get('/v1/bills')).rejects.toMatchObject({ code: 'answer_malformed' })
  })

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController()
    api.intercept = () => {
      stop.abort(new Error('stopped'))
      return { status: 503, body: {} }
    }
    await expect(new Goji({ url, key: FAKE_KEY, signal: stop.signal }).get('/v1/bills')).rejects.toThrow('stopped')
    expect(api.requests).toHaveLength(1)
  })
})

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ApiRefusal, Client } from '../../cli/client.ts'
import { FAKE_KEY, FakeApi } from './fake-api.ts'

let api: FakeApi
let url: string
beforeEach(async () => {
  api = new FakeApi()
  url = await api.listen()
})
afterEach(() => api.close())

const institution = { slug: 'bristol', name: { ko: '브리스틀', en: 'Bristol' }, currency: 'GBP', zone: 'Europe/London' }

describe('the client', () => {
  it('sends a request again under the same key when the engine was out of service', async () => {
    const answers = [503, 500]
    api.intercept = () => {
      const status = answers.shift()
      return status === undefined ? undefined : { status, body: {} }
    }
    await new Client({ url, key: FAKE_KEY }).post('/institutions', institution)
    expect(api.requests).toHaveLength(3)
    expect(new Set(api.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
  })

  it('makes the same key of the same words in another process, and another one of others', async () => {
    for (const body of [institution, institution, { ...institution, slug: 'dorset' }])
      await new Client({ url, key: FAKE_KEY }).post('/institutions', body)
    await new Client({ url, key: FAKE_KEY }).post('/institutions', institution, 'once more').catch(() => undefined)
    const keys = api.requests.map(({ idempotencyKey }) => idempotencyKey)
    expect(keys[1]).toBe(keys[0])
    expect(new Set(keys).size).toBe(3)
  })

  it('tells a refusal by its code, and does not repeat it', async () => {
    api.intercept = () => ({
      status: 422,
      body: { code: 'amount_malformed', detail: 'Write it otherwise.', pointer: '/amount', requestId: 'req_9' },
    })
    const error = await new Client({ url, key: FAKE_KEY }).post('/bills', {}).catch((reason: unknown) => reason)
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
    await new Client({ url, key: FAKE_KEY }).get('/institutions')
    expect(performance.now() - since).toBeGreaterThan(990)
  })

  it('names the address at which nothing answers, or something else does', async () => {
    await api.close()
    await expect(new Client({ url, key: FAKE_KEY, attempts: 2 }).get('/bills')).rejects.toThrow(
      `Nothing answers at ${url} (ECONNREFUSED). Start the engine with "npm start", or name another address with --url.`,
    )
    api = new FakeApi()
    url = await api.listen()
    api.intercept = () => ({ status: 404, body: 'no problem+json' })
    await expect(new Client({ url, key: FAKE_KEY }).get('/bills')).rejects.toMatchObject({ code: 'http_404' })
  })

  it('has no more than sixteen requests under way', async () => {
    let most = 0
    let open = 0
    const client = new Client({ url, key: FAKE_KEY })
    const fetched = globalThis.fetch
    globalThis.fetch = async (...request) => {
      open += 1
      most = Math.max(most, open)
      return fetched(...request).finally(() => (open -= 1))
    }
    try {
      await Promise.all(Array.from({ length: 100 }, () => client.get('/institutions')))
    } finally {
      globalThis.fetch = fetched
    }
    expect(most).toBeLessThanOrEqual(16)
    expect(api.requests).toHaveLength(100)
  })

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController()
    api.intercept = () => {
      stop.abort(new Error('stopped'))
      return { status: 503, body: {} }
    }
    await expect(new Client({ url, key: FAKE_KEY, signal: stop.signal }).get('/bills')).rejects.toThrow('stopped')
    expect(api.requests).toHaveLength(1)
  })
})

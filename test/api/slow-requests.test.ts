import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { makeBatch } from './batch-world.ts'
import { missing, openWorld } from './open-world.ts'
import { sendRaw } from './raw-socket.ts'
import type { Tenant } from './world.ts'

const LIMITS = { bodyTimeout: 1_500, pace: { every: 1_000, bytes: 1_000 } }
const SERVER = { headersTimeout: 1_500, requestTimeout: 4_000, connectionsCheckingInterval: 200, maxConnections: 400 }
const DRIP_MS = 200

/** Sends `head` and then a byte now and then for as long as it is let; answers all that came back. */
function drip(port: number, head: string, byte = 'a'): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(head))
    const timer = setInterval(() => socket.writable && socket.write(byte), DRIP_MS)
    socket.setEncoding('utf8').on('data', (text: string) => (received += text))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve(received)
    })
  })
}

describeIf(missing === null, missing ?? '')('somebody who sends slowly, without end, or too much at a time', () => {
  const world = openWorld({ limits: LIMITS, server: SERVER, settings: { GOJI_LIMIT_KEY: '0', GOJI_LIMIT_ADDRESS: '0' } })
  let city: Tenant
  let batch = ''
  beforeAll(async () => {
    city = await world().tenant('city')
    batch = await makeBatch(world(), city)
  })

  const head = (line: string, ...headers: string[]): string =>
    [`${line} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${city.key}`, 'Idempotency-Key: k', ...headers, '', ''].join('\r\n')
  const json = ['Content-Type: application/json', 'Content-Length: 60000']

  /** Another client asks and is answered all the while, whatever the others do. */
  async function othersAreServed(while_: Promise<unknown>): Promise<number> {
    let over = false
    void while_.finally(() => (over = true)).catch(() => undefined)
    let answered = 0
    do {
      expect((await world().get('/healthz')).status).toBe(200)
      expect((await world().get('/v1/bills?limit=1', { key: city.key })).status).toBe(200)
      expect((await fetch(`${world().url}/sign-in`)).status).toBe(200)
      answered += 3
    } while (!over)
    return answered
  }

  it.each<[string, () => string, RegExp]>([
    ['headers that never end', () => 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', /^HTTP\/1\.1 408[^]*request_timeout/],
    ['a request line that never ends', () => 'GET /heal', /^HTTP\/1\.1 408[^]*request_timeout/],
    ['a body that never ends', () => head('POST /v1/bills', ...json), /^HTTP\/1\.1 408[^]*request_timeout/],
    ['a webhook that never ends', () => head('POST /webhooks/channel/app', ...json), /^HTTP\/1\.1 408[^]*request_timeout/],
    [
      'a file of bills that drips',
      () => head(`PUT /v1/batches/${batch}/rows`, 'Content-Type: text/csv', 'Content-Length: 60000'),
      /^HTTP\/1\.1 408[^]*request_timeout/,
    ],
    [
      'a form that never ends',
      () => head('POST /sign-in', 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 60000'),
      /^HTTP\/1\.1 408/,
    ],
    ['a body without a key', () => head('POST /v1/bills', ...json).replace(/Authorization.*\r\n/, ''), /^HTTP\/1\.1 401/],
    ['a body where none belongs', () => head('GET /healthz', 'Content-Length: 60000'), /^HTTP\/1\.1 200[^]*(?:HTTP\/1\.1 (?:400|408)|$)/],
  ])('%s is cut off, and others do not notice', async (_, start, expected) => {
    const slow = drip(world().port, start())
    const answered = await othersAreServed(slow)
    expect(await slow).toMatch(expected)
    expect(answered).toBeGreaterThan(0)
  })

  it('a bank’s statement that drips is cut off, and nothing of it stays', async () => {
    const request = head('POST /v1/statements', 'Content-Type: application/xml', 'Content-Length: 60000').replace(
      city.key,
      world().operator,
    )
    expect(await drip(world().port, request, '<')).toMatch(/^HTTP\/1\.1 408[^]*request_timeout/)
    expect(await world().root.sql`select 1 from uploads`).toHaveLength(0)
  })

  it('four files of bills that drip keep the fifth waiting no longer than their pace allows', async () => {
    const start = head(`PUT /v1/batches/${batch}/rows`, 'Content-Type: text/csv', 'Content-Length: 60000')
    const slow = Array.from({ length: 4 }, () => drip(world().port, start))
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408/)
    const put = await world().put(`/v1/batches/${batch}/rows`, { key: city.key, body: 'a,b\n', headers: { 'content-type': 'text/csv' } })
    expect(put).toMatchObject({ status: 422, body: { code: 'bills_header_wrong' } })
  })

  it.each([
    ['/v1/bills', 'application/json', 100_000],
    ['/webhooks/gateway/test', 'application/json', 300_000],
    ['/sign-in', 'application/x-www-form-urlencoded', 100_000],
  ])('a body for %s that is said to be too large is refused before it comes', async (path, type, length) => {
    const text = await sendRaw(world().port, head(`POST ${path}`, `Content-Type: ${type}`, `Content-Length: ${length}`), {
      until: /\r\n\r\n[^]+/,
    })
    expect(text).toMatch(/^HTTP\/1\.1 413/)
  })

  it('a body without an announced length is refused where it becomes too large', async () => {
    const chunk = `8000\r\n${'a'.repeat(0x8000)}\r\n`
    const start = head('POST /webhooks/channel/app', 'Transfer-Encoding: chunked')
    expect(await sendRaw(world().port, start + chunk.repeat(12), { until: /body_too_large/ })).toMatch(/^HTTP\/1\.1 413/)
  })

  it('a flood of connections that say nothing is let go of, and others are served meanwhile', async () => {
    const flood = await Promise.all(Array.from({ length: 350 }, () => opened(world().port)))
    const closed = flood.map((socket) => (socket.destroyed ? Promise.resolve() : once(socket, 'close')))
    const answered = await othersAreServed(Promise.race(closed))
    expect(answered).toBeGreaterThan(0)
    await Promise.all(closed)
  })

  it('more connections than are taken are dropped, and there is room again once others have gone', async () => {
    const flood = await Promise.all(Array.from({ length: 450 }, () => opened(world().port)))
    expect(flood.length).toBe(450)
    await Promise.all(flood.map((socket) => (socket.destroyed ? Promise.resolve() : once(socket, 'close'))))
    expect((await world().get('/healthz')).status).toBe(200)
  })
})

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.on('error', () => resolve(socket)).resume()
  })

import { expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { missing, openWorld } from './open-world.ts'
import { sendRaw } from './raw-socket.ts'

const post = (headers: readonly string[], body = ''): string => [`POST /v1/bills HTTP/1.1`, ...headers, '', body].join('\r\n')
const HOST = 'Host: localhost'

describeIf(missing === null, missing ?? '')('framing', () => {
  const world = openWorld()
  const answerTo = async (bytes: string): Promise<{ status: number; code: string | undefined; closed: boolean }> => {
    const text = await sendRaw(world().port, bytes)
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]),
      code: /"code":"([a-z_0-9]+)"/.exec(text)?.[1],
      closed: /^Connection: close/im.test(text),
    }
  }

  it.each([
    ['two lengths', post([HOST, 'Content-Length: 2', 'Content-Length: 3'], '{}')],
    ['a length and chunks', post([HOST, 'Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
    ['no host', post(['Content-Length: 2'], '{}')],
    ['a length that is no number', post([HOST, 'Content-Length: 2x'], '{}')],
    ['a blank before the colon', post([HOST, 'Content-Length : 2'], '{}')],
    ['what is no HTTP', 'hello\r\n\r\n'],
    ['NUL in a header', post([HOST, 'X-A: a\0b', 'Content-Length: 2'], '{}')],
    ['lines that end without a carriage return', 'POST /v1/bills HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n'],
    ['a header that goes on in the next line', post([HOST, 'X-A: a', ' Content-Length: 5', 'Content-Length: 0'])],
    ['a length below zero', post([HOST, 'Content-Length: -2'], '{}')],
    ['a length with a sign', post([HOST, 'Content-Length: +2'], '{}')],
    ['two hosts', post([HOST, 'Host: other', 'Content-Length: 0'])],
    ['chunks of a size below zero', post([HOST, 'Transfer-Encoding: chunked', 'Connection: close'], '-2\r\n{}\r\n0\r\n\r\n')],
    ['chunks of a size that is beyond all', post([HOST, 'Transfer-Encoding: chunked', 'Connection: close'], `${'f'.repeat(17)}\r\n{}`)],
    ['chunks of a size that is no number', post([HOST, 'Transfer-Encoding: chunked', 'Connection: close'], 'zz\r\n{}\r\n0\r\n\r\n')],
  ])('refuses %s and closes', async (_, bytes) => {
    expect(await answerTo(bytes)).toMatchObject({ status: 400, closed: true })
  })

  it.each(['xchunked', 'gzip, chunked', 'chunked, identity', 'CHUNKED ', 'identity', ' chunked;q=1'])(
    'refuses the transfer coding "%s"',
    async (coding) => {
      const answer = await answerTo(post([HOST, `Transfer-Encoding: ${coding}`, 'Connection: close'], '0\r\n\r\n'))
      expect(answer.status).toBe(400)
      expect(['transfer_encoding_refused', 'request_malformed']).toContain(answer.code)
    },
  )

  it('takes exactly "chunked"', async () => {
    const answer = await answerTo(post([HOST, 'Transfer-Encoding: chunked', 'Connection: close'], '2\r\n{}\r\n0\r\n\r\n'))
    expect(answer).toMatchObject({ status: 401, code: 'key_missing' })
  })

  it('reads over what a chunk says beside its size, and over trailers', async () => {
    const body = `2;name=value;${'x'.repeat(200)}\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n`
    const answer = await answerTo(post([HOST, 'Transfer-Encoding: chunked', 'Connection: close'], body))
    expect(answer).toMatchObject({ status: 401, code: 'key_missing' })
  })

  it('refuses chunks that are longer than they say', async () => {
    const { key } = await world().tenant('chunks')
    const head = [
      HOST,
      `Authorization: Bearer ${key}`,
      'Idempotency-Key: k',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ]
    expect(await answerTo(post(head, '1\r\n{}\r\n0\r\n\r\n'))).toMatchObject({ status: 400, closed: true })
  })

  it('does not take what is said beside chunks for ever', async () => {
    const body = `2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`
    const { key } = await world().tenant('extension')
    const head = [
      HOST,
      `Authorization: Bearer ${key}`,
      'Idempotency-Key: k',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ]
    expect([400, 413, 431]).toContain((await answerTo(post(head, body))).status)
  })

  it('refuses headers of 20 kB', async () => {
    expect(await answerTo(post([HOST, `X-Long: ${'a'.repeat(20_000)}`, 'Content-Length: 0']))).toMatchObject({
      status: 431,
      code: 'headers_too_large',
      closed: true,
    })
  })

  it('refuses a body that grows beyond its limit in chunks, and does not read it to the end', async () => {
    const { key } = await world().tenant('city')
    const chunk = `8000\r\n${'a'.repeat(0x8000)}\r\n`
    const head = post([
      HOST,
      `Authorization: Bearer ${key}`,
      'Idempotency-Key: k',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ])
    const text = await sendRaw(world().port, head + chunk.repeat(3), { until: /body_too_large/ })
    expect(text).toMatch(/^HTTP\/1\.1 413/)
  })

  it('ends a request whose headers never come to an end', async () => {
    const server = world()
    const text = await sendRaw(server.port, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    expect(text).toMatch(/^HTTP\/1\.1 408[^]*"code":"request_timeout"/)
  })

  it('answers every request of a kept connection with its own id', async () => {
    const request = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine-1\r\n\r\n'
    const text = await sendRaw(world().port, request + request.replace('mine-1', 'bad id'), { until: /alive[^]*alive/ })
    const ids = [...text.matchAll(/^X-Request-Id: (.*)\r$/gim)].map(([, id]) => id)
    expect(ids).toEqual(['mine-1', expect.stringMatching(/^req_[0-9a-f]{24}$/)])
  })
})

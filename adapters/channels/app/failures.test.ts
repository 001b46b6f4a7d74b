import { describe, expect, it } from '@jest/globals'
import { type Failure, kindOf, toProviderError } from './failures.ts'

const answer = (status: number, code?: string): Failure => ({ kind: 'answer', status, code })
const broken = (code: string): Failure => ({ kind: 'broken', code, cause: new Error(code) })

describe('the kind of a failed call', () => {
  it.each([
    [answer(400), 'technical'],
    [answer(401, 'signature_invalid'), 'technical'],
    [answer(404), 'technical'],
    [answer(413), 'technical'],
    [answer(422, 'key_reused'), 'technical'],
    [answer(302), 'technical'],
    [answer(422, 'recipient_unknown'), 'permanent'],
    [answer(422, 'consent_missing'), 'permanent'],
    [answer(422, 'recipient_blocked'), 'permanent'],
    [answer(408), 'temporary'],
    [answer(409), 'temporary'],
    [answer(425), 'temporary'],
    [answer(429), 'temporary'],
    [answer(503), 'temporary'],
    [answer(500), 'unknown'],
    [answer(502), 'unknown'],
    [answer(504), 'unknown'],
    [{ kind: 'malformed', status: 200 }, 'unknown'],
    [broken('ECONNREFUSED'), 'temporary'],
    [broken('UND_ERR_CONNECT_TIMEOUT'), 'temporary'],
    [broken('ENOTFOUND'), 'technical'],
    [broken('CERT_HAS_EXPIRED'), 'technical'],
    [broken('ECONNRESET'), 'unknown'],
    [broken('UND_ERR_SOCKET'), 'unknown'],
    [broken('TimeoutError'), 'unknown'],
    [broken('AbortError'), 'unknown'],
    [broken('something new'), 'unknown'],
  ] as const)('%j is %s', (failure, kind) => {
    expect(kindOf(failure)).toBe(kind)
  })

  it('is never unknown for a question, which changes nothing', () => {
    expect(toProviderError('talk', false, answer(500)).kind).toBe('temporary')
    expect(toProviderError('talk', true, answer(500)).kind).toBe('unknown')
    expect(toProviderError('talk', false, answer(401)).kind).toBe('technical')
  })

  it('tells the relay, the code and when to come back', () => {
    const error = toProviderError('talk', true, { kind: 'answer', status: 429, code: 'rate_limited', retryAfterMs: 3_000 })
    expect(error).toMatchObject({ code: 'rate_limited', retryAfter: 3_000, message: expect.stringContaining('talk') })
    expect(toProviderError('talk', true, answer(502)).code).toBe('http_502')
  })
})

import { expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { describeIf } from '../support/skip.ts'
import { missing, openWorld } from './open-world.ts'

/** What every answer says to a browser, whatever came of the request. */
const ALWAYS: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?=.*base-uri 'none')/,
  'referrer-policy': /^no-referrer$/,
  'x-content-type-options': /^nosniff$/,
  'strict-transport-security': /max-age=\d{8}/,
  'x-frame-options': /^(?:SAMEORIGIN|DENY)$/,
}
const NEVER = ['x-powered-by', 'server', 'etag', 'access-control-allow-origin', 'set-cookie']

describeIf(missing === null, missing ?? '')('headers of the API', () => {
  const world = openWorld()

  const check = (headers: Headers): void => {
    for (const [name, pattern] of Object.entries(ALWAYS))
      expect([name, headers.get(name) ?? '']).toEqual([name, expect.stringMatching(pattern)])
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
    for (const name of NEVER) expect([name, headers.get(name)]).toEqual([name, null])
  }

  it.each(endpoints.map(({ method, path }) => [method, path] as const))('keep %s %s to itself', async (method, path) => {
    const answer = await world()[method](path.replace(/\{[a-z]+\}/g, 'x'), {
      headers: { origin: 'https://elsewhere.example' },
      body: method === 'get' ? undefined : {},
    })
    check(answer.headers)
    // The description of the API is the same for everybody.
    expect(answer.headers.get('cache-control')).toBe(path === '/openapi.json' ? 'public, max-age=300' : 'no-store')
  })

  it('are the same where nothing is, where a method is not taken, and where a request cannot be read', async () => {
    for (const path of ['/v1/nothing', '/webhooks/nothing', '/v1/bills/%zz']) check((await world().get(path)).headers)
    check((await world().put('/v1/bills', { body: {} })).headers)
    check((await world().post('/v1/bills', { key: world().operator, body: '{' })).headers)
  })

  it('let the reference run its own scripts only', async () => {
    const policy = (await fetch(`${world().url}/docs`)).headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/script-src 'self'(?:;|$)/)
    expect(policy).toContain("frame-ancestors 'none'")
  })
})

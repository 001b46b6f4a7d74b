import { describe, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { Html, html } from '../../web/html.ts'
import { missing, openWorld } from './open-world.ts'
import { World } from './world.ts'

describeIf(missing === null, missing ?? '')('every page', () => {
  const world = openWorld()

  it('lets nothing run, be framed or be asked for elsewhere', async () => {
    const { headers, body } = await world().browser().get('/')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(body).not.toMatch(/<script|<style| style=| on[a-z]+=|https?:\/\//)
  })

  it.each(['/sign-in', '/sign-in/code', '/bills', '/n/x', '/pay', '/preferences', '/nowhere', '/console', '/console/sign-in'])(
    'at %s is stored, indexed and framed by nobody, and names itself to no other site',
    async (path) => {
      const { headers } = await world().browser().get(path)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';(?=.*frame-ancestors 'none')(?!.*(?:unsafe|script-src))/)
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toMatch(/^(?:same-origin|no-referrer)$/)
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('strict-transport-security')).toBeNull()
    },
  )

  it('serves its own styles, fonts and pictures, which ask for nothing elsewhere', async () => {
    const browser = world().browser()
    const sheet = /href="(\/assets[^"]*\.css)"/.exec((await browser.get('/')).body)?.[1] ?? ''
    const { body, headers } = await browser.get(sheet, { 'Accept-Encoding': 'gzip' })
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(headers.get('cache-control')).toContain('immutable')
    const addresses = [...body.matchAll(/url\(['"]?([^'")]+)['"]?\)/g)].map(([, address]) => address ?? '')
    expect(addresses.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([])
    expect(body).not.toContain('@import')
    const fonts = addresses.filter((address) => address.endsWith('.woff2'))
    expect(fonts).toHaveLength(3)
    for (const address of [...fonts, ...new Set(addresses.filter((one) => /checkbox|angle/.test(one)))]) {
      const { status } = await browser.get(new URL(address, `http://x${sheet}`).pathname)
      expect([address, status]).toEqual([address, 200])
    }
  })

  it('speaks the language that was asked for, then the one remembered, then the browser’s', async () => {
    const browser = world().browser()
    const languageOf = async (path: string, accept = ''): Promise<string> =>
      /<html lang="(..)"/.exec((await browser.get(path, { 'Accept-Language': accept })).body)?.[1] ?? ''
    expect([await languageOf('/'), await languageOf('/', 'en-GB'), await languageOf('/', 'fr')]).toEqual(['ko', 'en', 'ko'])
    expect([await languageOf('/?lang=en'), await languageOf('/sign-in'), await languageOf('/?lang=xx')]).toEqual(['en', 'en', 'en'])
  })

  it('offers itself in the other language, with its questions', async () => {
    expect((await world().browser().get('/sign-in?next=%2Fpreferences&lang=ko')).body).toContain(
      'href="/sign-in?next=%2Fpreferences&amp;lang=en"',
    )
  })

  it('says in the same look what is not there, and that a form of another site is refused', async () => {
    const browser = world().browser()
    const nowhere = await browser.get('/nowhere?lang=en')
    expect(nowhere.status).toBe(404)
    expect(nowhere.body).toContain('<h1>Page not found</h1>')
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }])
      expect((await browser.post('/sign-in', { contact: 'a@b.kr' }, headers)).status).toBe(403)
  })

  it('judges a form by its origin where the browser says nothing else', async () => {
    const statusFor = async (origin: string): Promise<number> => {
      const body = new URLSearchParams({ contact: '' })
      return (await fetch(`${world().url}/sign-in`, { method: 'POST', body, headers: { Origin: origin } })).status
    }
    expect([await statusFor(world().url), await statusFor('http://127.0.0.1:3000')]).toEqual([400, 400])
    expect([await statusFor('null'), await statusFor('https://evil.example'), await statusFor('%')]).toEqual([403, 403, 403])
  })

  it('refuses a form that is too large, and one that is not a form, without a word about why', async () => {
    const { status, body } = await world()
      .browser()
      .post('/sign-in?lang=en', { contact: 'x'.repeat(70_000) })
    expect(status).toBe(413)
    expect(body).toContain('We could not do what you asked')
  })

  it('still answers with a page, and tells nothing, when the database is gone', async () => {
    const lost = new World('postgres://nobody@127.0.0.1:1/nothing')
    await lost.start()
    const browser = lost.browser()
    browser.cookies.set('goji_session', 'x')
    const { status, body } = await browser.post('/sign-in?lang=en', { contact: 'a@example.kr' })
    expect(status).toBe(500)
    expect(body).toContain('Something went wrong')
    expect(body).not.toMatch(/postgres|127\.0\.0\.1:1|ECONN/)
    await lost.stop()
  })
})

describeIf(missing === null, missing ?? '')('over https', () => {
  const world = openWorld('https://goji.example')

  it('binds cookies to the host, and asks for https from then on', async () => {
    const answer = await world().browser().get('/?lang=en')
    expect(answer.headers.get('strict-transport-security')).toContain('max-age')
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-goji_language=[^;]+;/)
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
  })
})

describe('html', () => {
  it('escapes what is put into it, once, also inside attributes and lists', () => {
    const evil = `<img src=x onerror='a'>"&`
    expect(html`<p title="${evil}">${[evil, html`<b>${evil}</b>`]}</p>`.markup).toBe(
      '<p title="&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;">&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;<b>&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;</b></p>',
    )
  })

  it('leaves out nothing, false and undefined, and keeps zero', () => {
    expect(html`${null}${undefined}${false}${0}${0n}${''}`.markup).toBe('00')
    expect(html`x`).toBeInstanceOf(Html)
  })
})

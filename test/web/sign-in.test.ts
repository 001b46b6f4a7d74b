import { beforeAll, expect, it } from '@jest/globals'
import { CODES_PER_CONTACT_MAX } from '../../store/sign-in/begin-sign-in.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { HOUR, NOW } from './world.ts'

describeIf(missing === null, missing ?? '')('signing in', () => {
  const world = openWorld()
  let city = ''
  let people = 0

  beforeAll(async () => {
    city = await world().institution('city', { ko: '서울시', en: 'Seoul' })
  })

  /** A new citizen with a contact of their own, and a browser that has asked for a code. */
  const asked = async (): Promise<{ browser: Browser; email: string; code: string }> => {
    const email = `person-${people++}@example.kr`
    await world().bill({ citizen: email, institutionId: city, contacts: [{ channel: 'email', address: email }], title: `고지 ${email}` })
    const browser = world().browser()
    await world().root.sql`delete from sign_in_codes`
    const { status, location } = await browser.post('/sign-in', { contact: ` ${email.toUpperCase()} `, next: '/preferences' })
    expect([status, location]).toEqual([303, '/sign-in/code'])
    await world().untilSent(email)
    return { browser, email, code: world().codeSentTo(email) }
  }
  const isSignedIn = async (browser: Browser): Promise<boolean> => (await browser.get('/bills')).status === 200

  it('sends a code to the registered contact, and leads on to where the citizen was going', async () => {
    const { browser, email, code } = await asked()
    const notice = world().sent.at(-1)?.notice
    expect(code).toMatch(/^[0-9]{6}$/)
    expect(notice?.paragraphs.join(' ')).toContain(code)
    const { status, location } = await browser.post('/sign-in/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect([status, location]).toEqual([303, '/preferences'])
    expect((await browser.get('/bills')).body).toContain(`고지 ${email}`)
  })

  it('answers the same for a contact that nobody has, sends nothing, and takes no code', async () => {
    await world().root.sql`delete from sign_in_codes`
    const { browser: known } = await asked()
    const stranger = world().browser()
    const before = world().sent.length
    const { status, location } = await stranger.post('/sign-in', { contact: 'nobody@example.kr' })
    expect([status, location]).toEqual([303, '/sign-in/code'])
    const page = (text: string): string => text.replace(/person-\d+/g, '')
    expect(page((await stranger.get('/sign-in/code')).body)).toBe(page((await known.get('/sign-in/code')).body))
    const wrong = async (browser: Browser): Promise<string> => (await browser.post('/sign-in/code', { code: '000000' })).body
    expect(page(await wrong(stranger))).toBe(page(await wrong(known)))
    expect(world().sent).toHaveLength(before)
  })

  it('keeps hashes only: no code, no contact, no address of a network', async () => {
    const { code, email } = await asked()
    const [row] = await world().root.sql<Record<string, unknown>[]>`select * from sign_in_codes`
    expect(
      Object.entries(row ?? {})
        .filter(([name]) => name.endsWith('hash'))
        .map(([, value]) => Buffer.isBuffer(value) && value.length),
    ).toEqual([32, 32, 32])
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`${code}|${email}|127\\.0\\.0\\.1`))
  })

  it('counts down the tries, and takes not even the right code after the fifth', async () => {
    const { browser, code } = await asked()
    const wrong = code === '111111' ? '222222' : '111111'
    for (const left of [4, 3, 2, 1])
      expect((await browser.post('/sign-in/code?lang=en', { code: wrong })).body).toContain(left === 1 ? 'once more' : `${left} more times`)
    expect((await browser.post('/sign-in/code', { code: wrong })).body).toContain('This code takes no more tries')
    expect((await browser.post('/sign-in/code', { code })).body).toContain('This code takes no more tries')
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('counts tries that come at the same time', async () => {
    const { browser, code } = await asked()
    const wrong = code === '111111' ? '222222' : '111111'
    await Promise.all(Array.from({ length: 12 }, () => browser.post('/sign-in/code', { code: wrong })))
    await browser.post('/sign-in/code', { code })
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('does not count a slip of the finger as a try', async () => {
    const { browser, code } = await asked()
    for (const slip of ['', '12', 'abcdef', '1234567']) {
      const { status, body } = await browser.post('/sign-in/code?lang=en', { code: slip })
      expect(status).toBe(400)
      expect(body).toContain('A code has six digits')
      expect(body).toMatch(/aria-invalid="true"/)
    }
    await browser.post('/sign-in/code', { code })
    expect(await isSignedIn(browser)).toBe(true)
  })

  it('takes a code for five minutes, and once', async () => {
    const late = await asked()
    world().clock.at = NOW + 5 * 60_000
    expect((await late.browser.post('/sign-in/code?lang=en', { code: late.code })).body).toContain('This code has expired')
    world().clock.at = NOW
    const { browser, code } = await asked()
    const request = browser.cookies.get('goji_signin') ?? ''
    await browser.post('/sign-in/code', { code })
    const second = world().browser()
    second.cookies.set('goji_signin', request)
    await second.post('/sign-in/code', { code })
    expect([await isSignedIn(browser), await isSignedIn(second)]).toEqual([true, false])
  })

  it('takes a code only in the browser that asked for it', async () => {
    const { code } = await asked()
    const elsewhere = world().browser()
    expect((await elsewhere.post('/sign-in/code', { code })).location).toBe('/sign-in')
    const { browser: another } = await asked()
    await another.post('/sign-in/code', { code })
    expect(await isSignedIn(another)).toBe(false)
  })

  it.each([
    ['a known', true],
    ['an unknown', false],
  ])('limits the codes for %s contact', async (_what, known) => {
    const { email } = await asked()
    const contact = known ? email : 'unknown@example.kr'
    if (!known) await world().root.sql`delete from sign_in_codes`
    for (let count = known ? 1 : 0; count < CODES_PER_CONTACT_MAX; count++)
      expect((await world().browser().post('/sign-in', { contact })).status).toBe(303)
    const sent = world().sent.length
    const { status, headers, body } = await world().browser().post('/sign-in?lang=en', { contact })
    expect([status, headers.get('retry-after')]).toEqual([429, '3600'])
    expect(body).toContain('Too many codes were asked for')
    expect(world().sent).toHaveLength(sent)
    world().clock.at = NOW + HOUR
    expect((await world().browser().post('/sign-in', { contact })).status).toBe(303)
    world().clock.at = NOW
  })

  it('limits the codes for one network, whatever the contacts, and also when they are asked for at the same time', async () => {
    await world().root.sql`delete from sign_in_codes`
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        world()
          .browser()
          .post('/sign-in', { contact: `many-${index}@example.kr` }),
      ),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
    await world().root.sql`delete from sign_in_codes`
  })

  it('sends each of two people at one address a code of their own', async () => {
    const shared = [{ channel: 'email', address: 'family@example.kr' }]
    for (const citizen of ['mother', 'father'])
      await world().bill({ citizen, institutionId: city, contacts: shared, title: `고지 ${citizen}`, name: citizen })
    const browser = world().browser()
    const before = world().sent.length
    await browser.post('/sign-in', { contact: 'family@example.kr' })
    while (world().sent.length < before + 2) await new Promise((resolve) => setImmediate(resolve))
    const father = world()
      .sent.slice(before)
      .find(({ notice }) => notice.citizenName === 'father')
    await browser.post('/sign-in/code', { code: father?.notice.facts[0]?.value ?? '' })
    const { body } = await browser.get('/bills')
    expect([body.includes('고지 father'), body.includes('고지 mother')]).toEqual([true, false])
  })

  it('asks again for a contact that cannot be one', async () => {
    for (const contact of ['', '   ', 'a\u0000b', 'x'.repeat(321)]) {
      const { status, body } = await world().browser().post('/sign-in?lang=en', { contact })
      expect(status).toBe(400)
      expect(body).toMatch(/href="#contact"/)
      expect(body).toContain('aria-describedby="contact-hint contact-error"')
    }
  })

  it('leads on to our own pages only', async () => {
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/bills/../sign-out', 'javascript:alert(1)']) {
      const { body } = await world()
        .browser()
        .get(`/sign-in?next=${encodeURIComponent(next)}`)
      expect(fieldOf(body, 'next')).toMatch(/^\/bills(\/\.\.\/sign-out)?$/)
    }
  })

  it('ends a session by signing out, and by its time', async () => {
    const { browser, code } = await asked()
    await browser.post('/sign-in/code', { code })
    const token = browser.cookies.get('goji_session') ?? ''
    const key = fieldOf((await browser.get('/bills')).body, 'key')
    expect((await browser.post('/sign-out', { key: 'x' })).status).toBe(403)
    expect((await browser.post('/sign-out', { key })).location).toBe('/sign-in?signedOut')
    browser.cookies.set('goji_session', token)
    expect(await isSignedIn(browser)).toBe(false)
    const second = await asked()
    await second.browser.post('/sign-in/code', { code: second.code })
    world().clock.at = NOW + 8 * HOUR
    expect(await isSignedIn(second.browser)).toBe(false)
    world().clock.at = NOW
  })

  it('keeps the session’s token as a hash', async () => {
    const { browser, code } = await asked()
    await browser.post('/sign-in/code', { code })
    const rows = await world().root.sql<{ hash: Buffer }[]>`select hash from citizen_sessions`
    const token = browser.cookies.get('goji_session') ?? ''
    for (const { hash } of rows) expect(token).not.toContain(hash.toString('base64url'))
  })
})

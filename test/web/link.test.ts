import { beforeAll, expect, it } from '@jest/globals'
import { noticeLink } from '../../composition/links.ts'
import { seal } from '../../composition/seal.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { newId } from '../../store/ids.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { pay } from '../support/money.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, HOUR, NOW } from './world.ts'

describeIf(missing === null, missing ?? '')('the link of a notice', () => {
  const world = openWorld()
  let bill = ''
  let other = ''
  const path = (billId: string, expiresAt = NOW + DAY): string =>
    new URL(noticeLink(world().root.config, { billId, deliveryId: newId('dlv', NOW), expiresAt })).pathname

  beforeAll(async () => {
    const city = await world().institution('city', { ko: '서울시', en: 'Seoul' })
    const who = { citizen: 'linked', name: '김하늘', institutionId: city }
    bill = await world().bill({ ...who, title: '이 고지서' })
    other = await world().bill({ ...who, title: '다른 고지서' })
  })

  const follow = async (
    address: string,
  ): Promise<{ browser: Browser; status: number; location: string | null; body: string; headers: Headers }> => {
    const browser = world().browser()
    return { browser, ...(await browser.get(address)) }
  }

  it('opens its bill without signing in, and says so to nobody else', async () => {
    const { browser, status, location, headers } = await follow(path(bill))
    expect([status, location]).toEqual([303, `/bills/${bill}`])
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('cache-control')).toBe('no-store')
    const { status: shown, body } = await browser.get(location ?? '')
    expect(shown).toBe(200)
    expect(body).toContain('이 고지서')
    expect(body).not.toContain('김하늘')
  })

  it('opens nothing else', async () => {
    const { browser } = await follow(path(bill))
    for (const address of [`/bills/${other}`, '/bills', '/preferences', `/pay?bill=${bill}&bill=${other}`])
      expect((await browser.get(address)).location).toMatch(/^\/sign-in\?next=/)
  })

  it('opens several bills side by side', async () => {
    const { browser } = await follow(path(bill))
    await browser.get(path(other))
    expect((await browser.get(`/bills/${bill}`)).status).toBe(200)
    expect((await browser.get(`/bills/${other}`)).status).toBe(200)
  })

  it('closes after its time, with the way in by a code', async () => {
    const { status, body } = await follow(`${path(bill, NOW)}?lang=en`)
    expect(status).toBe(410)
    expect(body).toContain('This link has expired')
    expect(body).toContain('href="/sign-in"')
  })

  it('keeps the bill open in a browser for two hours and no longer than the link itself', async () => {
    const { browser } = await follow(path(bill))
    const { browser: short } = await follow(path(bill, NOW + HOUR))
    world().clock.at = NOW + HOUR + 1
    expect((await browser.get(`/bills/${bill}`)).status).toBe(200)
    expect((await short.get(`/bills/${bill}`)).status).toBe(303)
    world().clock.at = NOW + 2 * HOUR + 1
    expect((await browser.get(`/bills/${bill}`)).status).toBe(303)
    world().clock.at = NOW
  })

  it('is refused when any character of it is changed, or when we made it for something else', async () => {
    const token = path(bill).slice('/n/'.length)
    const changed = Array.from(
      { length: token.length },
      (_, at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
    )
    const secret = world().root.config.GOJI_LINK_SECRET
    const text = `${bill} dlv_x ${NOW + DAY}`
    const forged = [
      seal('another secret', 'noticeLink', text),
      seal(secret, 'billCookie', text),
      seal(secret, 'noticeLink', bill),
      'x',
      `${token}=`,
      token.slice(0, -1),
    ]
    for (const one of [...changed.filter((_, at) => at % 7 === 0), ...forged]) {
      const { status, body } = await follow(`/n/${one}?lang=en`)
      expect([one, status]).toEqual([one, 404])
      expect(body).toContain('This link does not work')
    }
  })

  it.each(['/checkouts', '/bills/:other/refund-account', '/bills/:other/extension', '/bills/:other/objection'])(
    'of one bill does nothing to another by a form sent to %s',
    async (address) => {
      const { browser, location } = await follow(path(bill))
      const { body } = await browser.get(location ?? '')
      const form = { key: fieldOf(body, 'key'), total: fieldOf(body, 'total'), bill: other }
      const answer = await browser.post(address.replace(':other', other), form)
      expect(answer.location ?? '').not.toMatch(/^http|^\/checkouts/)
      expect(answer.body).not.toContain('다른 고지서')
      expect(await world().root.sql`select from checkout_bills where bill_id = ${other}`).toHaveLength(0)
    },
  )

  it('still opens a bill that was paid or cancelled meanwhile, and offers no payment there', async () => {
    const city = await world().institution('town', { ko: '시', en: 'Town' })
    const who = { citizen: 'payer by link', institutionId: city, title: '끝난 고지서' }
    const cancelled = await world().bill(who)
    const paid = await world().bill(who)
    const { root } = world()
    await transaction(root.sql, (tx) => cancelBill(tx, { billId: cancelled, reason: 'x', actor: 'test' }, NOW))
    await pay(root, paid)
    for (const id of [cancelled, paid]) {
      const { browser, location } = await follow(path(id))
      const { status, body } = await browser.get(location ?? '')
      expect([status, body.includes('끝난 고지서')]).toEqual([200, true])
      expect(body).not.toMatch(/action="\/(?:pay|checkouts)"/)
    }
  })

  it('is worthless as a cookie of another kind, and a made-up cookie opens nothing', async () => {
    const { browser } = await follow(path(bill))
    const [[name = '', value = ''] = []] = browser.cookies
    const guest = world().browser()
    guest.cookies.set('goji_session', value)
    expect((await guest.get('/bills')).location).toMatch(/^\/sign-in/)
    guest.cookies.set(name, Buffer.from(`${bill} dlv_x ${NOW + DAY}`).toString('base64url'))
    expect((await guest.get(`/bills/${bill}`)).location).toMatch(/^\/sign-in/)
  })
})

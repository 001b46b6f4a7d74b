import { beforeAll, expect, it } from '@jest/globals'
import { noticeLink } from '../../composition/links.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { GATEWAY } from './fake-engine.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, HOUR, NOW, POLICY } from './world.ts'

const textOf = (page: string): string => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
/** A form of a page with what it would send. */
const formOf = (page: string): { key: string; total: string; bill: string[] } => ({
  key: fieldOf(page, 'key'),
  total: fieldOf(page, 'total'),
  bill: [...page.matchAll(/name="bill" value="([^"]*)"/g)].map(([, id]) => id ?? ''),
})
const mainOf = (page: string): string => page.slice(page.indexOf('<main'))
const checkoutOf = (location: string | null): string => /chk_[0-9a-z]+/.exec(location ?? '')?.[0] ?? ''

describeIf(missing === null, missing ?? '')('paying', () => {
  const world = openWorld()
  const who = { citizen: 'payer', contacts: [{ channel: 'email', address: 'payer@example.kr' }] }
  let city = ''
  let water = ''
  let council = ''
  let browser: Browser

  beforeAll(async () => {
    city = await world().institution('city', { ko: '서울시', en: 'Seoul' })
    water = await world().institution('water', { ko: '아리수', en: 'Water Works' })
    council = await world().institution(
      'camden',
      { ko: '캠던', en: 'Camden' },
      { currency: 'GBP', zone: 'Europe/London', policy: { ...POLICY, calendar: { zone: 'Europe/London' } } },
    )
    await world().bill({ ...who, institutionId: city })
    browser = world().browser()
    await world().signIn(browser, 'payer@example.kr')
    await browser.get('/?lang=en')
  })

  /** From the list over the confirmation to the gateway. */
  const pay = async (ids: readonly string[], as = browser): Promise<string> => {
    const { location } = await as.post('/pay', { bill: ids })
    const { body } = await as.get(location ?? '')
    return checkoutOf((await as.post('/checkouts', { ...formOf(mainOf(body)) })).location)
  }

  it('asks for at least one bill', async () => {
    const { location } = await browser.post('/pay', {})
    expect(location).toBe('/bills?error=chosen')
    const { body } = await browser.get('/bills?error=chosen')
    expect(body).toMatch(/role="alert"[\s\S]*href="#to-pay"/)
    expect(body).toContain('<title>Error: ')
  })

  it('confirms with a sum per institution and the total, then leads to the gateway', async () => {
    const ids = [
      await world().bill({ ...who, institutionId: city, title: 'A', minor: 10_000n }),
      await world().bill({ ...who, institutionId: city, title: 'B', minor: 2_500n }),
      await world().bill({ ...who, institutionId: water, title: 'C', minor: 500n }),
    ]
    const chosen = await browser.post('/pay', { bill: ids })
    expect(chosen.status).toBe(303)
    const { body } = await browser.get(chosen.location ?? '')
    expect(textOf(body)).toContain('Subtotal Seoul ₩12,500')
    expect(textOf(body)).toContain('Total 3 bills ₩13,000')
    const started = await browser.post('/checkouts', { ...formOf(mainOf(body)) })
    expect(started.status).toBe(303)
    expect(started.location).toMatch(new RegExp(`^${GATEWAY}/pay/chk_`))
    const [row] = await world().root.sql<
      { amount_minor: bigint; return_path: string }[]
    >`select amount_minor, return_path from checkouts where id = ${checkoutOf(started.location)}`
    expect(row).toEqual({ amount_minor: 13_000n, return_path: '/checkouts/{id}/return' })
  })

  it('lets a form that leads to the gateway do so, and no other', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    const policyOf = async (path: string): Promise<string> => (await browser.get(path)).headers.get('content-security-policy') ?? ''
    expect(await policyOf(`/pay?bill=${id}`)).toContain("form-action 'self' https: http:")
    expect(await policyOf('/bills')).toContain("form-action 'self'")
    expect(await policyOf('/bills')).not.toContain('http:')
  })

  it('pays once, however often and at the same time the form is sent', async () => {
    const id = await world().bill({ ...who, institutionId: city, minor: 700n })
    const { body } = await browser.get(`/bills/${id}`)
    const form = formOf(mainOf(body))
    const answers = await Promise.all([1, 2, 3].map(() => browser.post('/checkouts', { ...form })))
    answers.push(await browser.post('/checkouts', { ...form }))
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    const checkouts = await world().root.sql`select 1 from checkout_bills where bill_id = ${id}`
    expect(checkouts).toHaveLength(1)
  })

  it('shows the result when an old form is sent again after the payment', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    const form = formOf(mainOf((await browser.get(`/bills/${id}`)).body))
    const checkoutId = checkoutOf((await browser.post('/checkouts', { ...form })).location)
    await world().engine.capture(checkoutId)
    const again = await browser.post('/checkouts', { ...form })
    expect(again.location).toBe(`/checkouts/${checkoutId}`)
    expect((await browser.get(again.location ?? '')).location).toBe(`/checkouts/${checkoutId}/return`)
  })

  it('starts nothing with a form that is not of this visitor', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    const form = formOf(mainOf((await browser.get(`/bills/${id}`)).body))
    await world().bill({ citizen: 'thief', institutionId: city, contacts: [{ channel: 'email', address: 'thief@example.kr' }] })
    const thief = world().browser()
    await world().signIn(thief, 'thief@example.kr')
    const stolen = await thief.post('/checkouts', { ...form })
    expect(stolen.status).toBe(404)
    // Nor does a form that was shown to one pay the bills of another.
    const own = await world().bill({ citizen: 'thief', institutionId: city })
    const planted = await thief.post('/checkouts', { ...form, bill: own })
    expect(planted.status).toBe(409)
    for (const key of ['', 'x', `${form.key}A`, form.key.slice(0, -2)]) {
      const { status, body } = await browser.post('/checkouts', { ...form, key })
      expect([key, status]).toEqual([key, 409])
      expect(textOf(body)).toContain('open for too long')
    }
    expect(await world().root.sql`select 1 from checkout_bills where bill_id = ${id}`).toHaveLength(0)
  })

  it('refuses the bills of somebody else as if they were not there', async () => {
    const mine = await world().bill({ ...who, institutionId: city })
    const theirs = await world().bill({ citizen: 'neighbour', institutionId: city })
    expect((await browser.get(`/pay?bill=${mine}&bill=${theirs}`)).status).toBe(404)
    const form = formOf(mainOf((await browser.get(`/bills/${mine}`)).body))
    expect((await browser.post('/checkouts', { ...form, bill: [mine, theirs] })).status).toBe(404)
  })

  it('starts nothing when the amount is not the one that was shown', async () => {
    const ids = [
      await world().bill({ ...who, institutionId: city, minor: 100n }),
      await world().bill({ ...who, institutionId: city, minor: 200n }),
    ]
    const form = formOf(mainOf((await browser.get(`/pay?bill=${ids.join('&bill=')}`)).body))
    await transaction(world().root.sql, (tx) => cancelBill(tx, { billId: ids[0] ?? '', reason: 'r', actor: 'key:test' }, NOW))
    const gone = await browser.post('/checkouts', { ...form })
    expect(gone.status).toBe(409)
    expect(textOf(gone.body)).toContain('have been paid or finished meanwhile')
    const changed = await browser.post('/checkouts', { ...form, bill: ids.slice(1) })
    expect(changed.status).toBe(409)
    expect(textOf(changed.body)).toContain('The amount has changed')
    expect(textOf(changed.body)).toContain('Total 1 bill ₩200')
    expect(await world().root.sql`select 1 from bills where id = any(${ids}) and checkout_id is not null`).toHaveLength(0)
  })

  it('pays each currency apart', async () => {
    const ids = [
      await world().bill({ ...who, institutionId: city, minor: 300n }),
      await world().bill({ ...who, institutionId: council, minor: 1_160n, currency: 'GBP' }),
    ]
    const { body } = await browser.get(`/pay?bill=${ids.join('&bill=')}`)
    expect(textOf(body)).toContain('one currency at a time')
    expect([...body.matchAll(/name="total" value="([^"]*)"/g)].map(([, total]) => total).sort()).toEqual(['1160 GBP', '300 KRW'])
  })

  it('takes over what an older, unpaid payment holds, once the gateway has let it go', async () => {
    const ids = [await world().bill({ ...who, institutionId: city }), await world().bill({ ...who, institutionId: water })]
    const [first, second] = [await pay(ids.slice(0, 1)), await pay(ids.slice(1))]
    const both = await pay(ids)
    expect(world().engine.cancelled.slice(-2).sort()).toEqual([first, second].sort())
    const rows = await world().root.sql<{ checkout_id: string }[]>`select checkout_id from bills where id = any(${ids})`
    expect(rows.map(({ checkout_id }) => checkout_id)).toEqual([both, both])
  })

  it('leaves the older payment alone while nobody can say that it is ended', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    const older = await pay([id])
    const form = formOf(mainOf((await browser.get(`/pay?bill=${id}`)).body))
    world().engine.down = true
    const { status, body } = await browser.post('/checkouts', { ...form })
    world().engine.down = false
    expect(status).toBe(409)
    expect(textOf(body)).toContain('Another payment of the same bill has not ended yet')
    const [row] = await world().root.sql<{ checkout_id: string }[]>`select checkout_id from bills where id = ${id}`
    expect(row?.checkout_id).toBe(older)
  })

  it('waits on a page that refreshes itself, and can be stopped, until the gateway has answered', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    world().engine.slow = true
    const { location } = await browser.post('/checkouts', { ...formOf(mainOf((await browser.get(`/bills/${id}`)).body)) })
    expect(location).toMatch(/^\/checkouts\/chk_/)
    const waiting = await browser.get(location ?? '')
    expect([waiting.status, waiting.headers.get('refresh')]).toEqual([200, '4'])
    expect(textOf(waiting.body)).toContain('We are preparing your payment')
    const stopped = await browser.get(`${location}?refresh=off`)
    expect(stopped.headers.get('refresh')).toBeNull()
    world().engine.slow = false
    expect((await browser.get(location ?? '')).location).toBe(`${GATEWAY}/pay/${checkoutOf(location)}`)
  })

  it('keeps the payment when the engine is down, and goes on when it is back', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    const form = formOf(mainOf((await browser.get(`/bills/${id}`)).body))
    world().engine.down = true
    const { location } = await browser.post('/checkouts', { ...form })
    expect((await browser.get(location ?? '')).body).toContain('We are preparing your payment')
    world().engine.down = false
    expect((await browser.get(location ?? '')).location).toBe(`${GATEWAY}/pay/${checkoutOf(location)}`)
  })

  it('asks the engine when the citizen comes back, and waits while nothing is decided', async () => {
    const checkoutId = await pay([await world().bill({ ...who, institutionId: city })])
    const { body, headers } = await browser.get(`/checkouts/${checkoutId}/return`)
    expect(world().engine.reported).toContain(checkoutId)
    expect(headers.get('refresh')).toBe('4')
    expect(textOf(body)).toContain('Your payment is being confirmed')
    expect(textOf(body)).toContain('Being confirmed')
  })

  it('shows the result of each bill: paid, and refunded because it was cancelled meanwhile', async () => {
    const [kept, gone] = [
      await world().bill({ ...who, institutionId: city, title: 'Kept', minor: 1_000n }),
      await world().bill({ ...who, institutionId: water, title: 'Gone', minor: 50n }),
    ]
    const checkoutId = await pay([kept, gone])
    await transaction(world().root.sql, (tx) => cancelBill(tx, { billId: gone, reason: 'r', actor: 'key:test' }, NOW))
    await world().engine.capture(checkoutId)
    const { body, headers } = await browser.get(`/checkouts/${checkoutId}/return`)
    expect(headers.get('refresh')).toBeNull()
    expect(textOf(body)).toContain('Some of the bills are paid')
    expect(textOf(body)).toMatch(/Seoul Kept Paid ₩1,000/)
    expect(textOf(body)).toMatch(
      /Water Works Gone The bill was closed while you were paying, so this goes back to you\. The refund is on its way\. Refunded ₩50/,
    )
    const receipt = textOf((await browser.get(`/checkouts/${checkoutId}/receipt`)).body)
    expect(receipt).toMatch(/Total paid ₩1,000/)
    expect(receipt).toContain('₩50 of what you paid was not needed')
    expect(receipt).not.toContain('Gone')
  })

  it('gives a receipt with institution, number, amount, time, method and payment', async () => {
    const id = await world().bill({ ...who, institutionId: city, title: 'Property tax', number: 'R-77', minor: 12_345n })
    const checkoutId = await pay([id])
    expect((await browser.get(`/checkouts/${checkoutId}/receipt`)).location).toBe(`/checkouts/${checkoutId}/return`)
    await world().engine.capture(checkoutId, 'bankAccount')
    const [payment] = await world().root.sql<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`
    const receipt = textOf((await browser.get(`/checkouts/${checkoutId}/receipt`)).body)
    expect(receipt).toContain('Paid at 24 November 2026, 15:00')
    expect(receipt).toContain('Paid by Bank account')
    expect(receipt).toContain(`Payment number ${payment?.id}`)
    expect(receipt).toMatch(/Seoul Property tax Bill number R-77 ₩12,345/)
    expect(textOf((await browser.get(`/bills/${id}`)).body)).toContain('Receipt of 24 November 2026, 15:00')
  })

  it('explains a payment that was not made, with the way to try again', async () => {
    const id = await world().bill({ ...who, institutionId: city })
    const checkoutId = await pay([id])
    await world().engine.cancelCheckout(checkoutId)
    const { body } = await browser.get(`/checkouts/${checkoutId}/return`)
    expect(textOf(body)).toContain('The payment was cancelled')
    expect(textOf(body)).toContain('Not paid')
    expect(body).toContain(`href="/pay?bill=${id}"`)
  })

  it('shows a checkout and its receipt to nobody else', async () => {
    const checkoutId = await pay([await world().bill({ ...who, institutionId: city })])
    await world().engine.capture(checkoutId)
    await world().bill({ citizen: 'nosy', institutionId: city, contacts: [{ channel: 'email', address: 'nosy@example.kr' }] })
    const nosy = world().browser()
    await world().signIn(nosy, 'nosy@example.kr')
    for (const path of ['', '/return', '/receipt']) {
      expect((await nosy.get(`/checkouts/${checkoutId}${path}`)).status).toBe(404)
      expect((await world().browser().get(`/checkouts/${checkoutId}${path}`)).location).toMatch(/^\/sign-in\?next=/)
    }
  })

  it('lets somebody with a link pay its bill, and see that payment but none of other bills', async () => {
    const [own, shared] = [
      await world().bill({ ...who, institutionId: city, minor: 40n }),
      await world().bill({ ...who, institutionId: city, minor: 60n }),
    ]
    const both = await pay([own, shared])
    const guest = world().browser()
    await guest.get('/?lang=en')
    await guest.get(new URL(noticeLink(world().root.config, { billId: shared, deliveryId: 'dlv_x', expiresAt: NOW + DAY })).pathname)
    const page = (await guest.get(`/bills/${shared}`)).body
    expect(page).not.toContain(both)
    expect((await guest.get(`/checkouts/${both}/return`)).location).toMatch(/^\/sign-in/)
    const form = formOf(mainOf(page))
    expect((await guest.post('/checkouts', { ...form, bill: [own] })).location).toMatch(/^\/sign-in/)
    const checkoutId = checkoutOf((await guest.post('/checkouts', { ...form })).location)
    await world().engine.capture(checkoutId)
    expect(textOf((await guest.get(`/checkouts/${checkoutId}/return`)).body)).toContain('Your payment is complete')
    expect((await guest.get(`/checkouts/${checkoutId}/receipt`)).status).toBe(200)
    world().clock.at = NOW + 3 * HOUR
    expect((await guest.get(`/checkouts/${checkoutId}/receipt`)).location).toMatch(/^\/sign-in/)
    world().clock.at = NOW
  })
})

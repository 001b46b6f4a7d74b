import { beforeAll, beforeEach, expect, it } from '@jest/globals'
import { noticeLink } from '../../composition/links.ts'
import { newId } from '../../store/ids.ts'
import { describeIf } from '../support/skip.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW } from './world.ts'

const PAGES = 64

describeIf(missing === null, missing ?? '')('the limits of the pages', () => {
  const world = openWorld(undefined, { GOJI_LIMIT_ADDRESS: String(PAGES), GOJI_LIMIT_CODES: '2' })
  let bill = ''

  beforeAll(async () => {
    const city = await world().institution('city', { ko: '서울시', en: 'Seoul' })
    bill = await world().bill({ citizen: 'linked', institutionId: city, contacts: [{ channel: 'email', address: 'limits@example.kr' }] })
  })
  // Each case has a minute of its own.
  beforeEach(() => {
    world().clock.at += 60_000
  })

  it('are told in the look of every other page, in the language of the reader', async () => {
    const browser = world().browser()
    for (let count = 0; count < PAGES; count++) expect((await browser.get('/?lang=en')).status).toBe(200)
    const { status, headers, body } = await browser.get('/?lang=en')
    expect([status, headers.get('retry-after')]).toEqual([429, '60'])
    expect(body).toContain('<h1>Please wait a moment</h1>')
    expect((await browser.get('/?lang=ko')).body).toContain('<h1>잠시 기다려 주세요</h1>')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    // Styles are no pages: whoever has to wait still sees the page that says so.
    const sheet = /href="(\/assets[^"]*\.css)"/.exec(body)?.[1] ?? ''
    expect((await browser.get(sheet)).status).toBe(200)
    world().clock.at += 60_000
    expect((await browser.get('/')).status).toBe(200)
  })

  it('end the guessing of links after a few, and hold up the right one too', async () => {
    const link = { billId: bill, deliveryId: newId('dlv', NOW), expiresAt: NOW + DAY }
    const right = new URL(noticeLink(world().root.config, link)).pathname
    const browser = world().browser()
    expect((await browser.get(right)).status).toBe(303)
    const guesses: number[] = []
    for (const letter of ['A', 'B', 'C', 'D']) guesses.push((await browser.get(`${right.slice(0, -1)}${letter}x`)).status)
    expect(guesses).toEqual([404, 404, 404, 429])
    expect((await browser.get(right)).status).toBe(429)
  })

  it('end the guessing at bills of somebody who signed in, and of codes', async () => {
    const browser = world().browser()
    await world().signIn(browser, 'limits@example.kr')
    expect((await browser.get(`/bills/${bill}`)).status).toBe(200)
    const guesses: number[] = []
    for (let count = 0; count < 4; count++) guesses.push((await browser.get(`/bills/${newId('bill', NOW)}`)).status)
    expect(guesses).toContain(404)
    expect(guesses.at(-1)).toBe(429)
    world().clock.at += 60_000
    const stranger = world().browser()
    await stranger.post('/sign-in', { contact: 'limits@example.kr' })
    const tries: number[] = []
    for (let count = 0; count < 4; count++) tries.push((await stranger.post('/sign-in/code', { code: '000000' })).status)
    expect(tries).toEqual([400, 400, 400, 429])
  })

  it('let one network ask for so many codes', async () => {
    await world().root.sql`delete from sign_in_codes`
    const ask = async (contact: string): Promise<number> => (await world().browser().post('/sign-in', { contact })).status
    expect([await ask('a@example.kr'), await ask('b@example.kr'), await ask('c@example.kr')]).toEqual([303, 303, 429])
  })
})

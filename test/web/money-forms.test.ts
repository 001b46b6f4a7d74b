import { AxeBuilder } from '@axe-core/playwright'
import { beforeAll, expect, it } from '@jest/globals'
import { chromium } from 'playwright-core'
import { noticeLink } from '../../composition/links.ts'
import { findChromium } from '../../scripts/counterparts.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW, POLICY } from './world.ts'

const EMAIL = 'parts@example.kr'
const executablePath = findChromium()
const krw = (minor: bigint) => ({ minor, currency: 'KRW' as const })

describeIf(missing === null, missing ?? '')('the forms about money', () => {
  const world = openWorld()
  const who = { citizen: 'parts', contacts: [{ channel: 'email', address: EMAIL }] }
  let town = ''
  let browser: Browser

  beforeAll(async () => {
    town = await world().institution(
      'parts',
      { ko: '부분시', en: 'Parts' },
      { policy: { ...POLICY, partialPayments: { minimum: { amount: '1000', currency: 'KRW' } } } },
    )
    await world().bill({ ...who, institutionId: town })
    browser = world().browser()
    await world().signIn(browser, EMAIL)
    await browser.get('/?lang=en')
  })

  const asked = async (checkoutLocation: string | null): Promise<unknown> => {
    const id = /chk_[0-9a-z]+/.exec(checkoutLocation ?? '')?.[0] ?? ''
    return (await world().root.sql`select amount_minor from checkouts where id = ${id}`)[0]?.['amount_minor']
  }

  it('take a part of a bill where its policy allows one, and say why not otherwise', async () => {
    const id = await world().bill({ ...who, institutionId: town, minor: 12_500n })
    const { body } = await browser.get(`/pay?bill=${id}`)
    expect(body).toContain('At least ₩1,000.')
    const send = (part: string) =>
      browser.post('/checkouts', { key: fieldOf(body, 'key'), total: fieldOf(body, 'total'), bill: [id], [`part:${id}`]: part })
    for (const [part, why] of [
      ['some', 'Write the part to pay as an amount'],
      ['0', 'Write an amount above zero'],
      ['-1', 'Write an amount above zero'],
      ['999', 'smaller than the smallest'],
      ['12501', 'more than is owed'],
      ['1000.50', 'Write the part to pay as an amount'],
    ] as const) {
      const refused = await send(part)
      expect({ part, status: refused.status, says: refused.body.includes(why) }).toEqual({ part, status: 409, says: true })
    }
    const started = await send(' 2,500 ')
    expect(started.status).toBe(303)
    expect(await asked(started.location)).toBe(2_500n)
    // The same form once more is the same payment.
    expect((await send(' 2,500 ')).location).toBe(started.location)
  })

  it('pay all where the part is left empty, and offer none where the policy takes none', async () => {
    const id = await world().bill({ ...who, institutionId: town, minor: 3_000n })
    const { body } = await browser.get(`/pay?bill=${id}`)
    const form = { key: fieldOf(body, 'key'), total: fieldOf(body, 'total'), bill: [id], [`part:${id}`]: '' }
    expect(await asked((await browser.post('/checkouts', form)).location)).toBe(3_000n)
    const whole = await world().institution('whole', { ko: '전액시', en: 'Whole' })
    const other = await world().bill({ ...who, institutionId: whole })
    const page = await browser.get(`/pay?bill=${other}`)
    expect(page.body).not.toContain('part:')
    const forged = { key: fieldOf(page.body, 'key'), total: fieldOf(page.body, 'total'), bill: [other], [`part:${other}`]: '5000' }
    expect(await browser.post('/checkouts', forged)).toMatchObject({ status: 409, body: expect.stringContaining('has to be paid in full') })
  })

  /** A bill whose refund the gateway has refused. */
  async function refused(): Promise<{ id: string; refundId: string }> {
    const id = await world().bill({ ...who, institutionId: town })
    const { sql } = world().root
    const transfer = {
      gateway: 'test',
      reference: id,
      method: 'card',
      amount: krw(12_500n),
      paidAt: NOW,
      paidAtSource: 'gateway',
      billId: id,
    } as const
    await transaction(sql, (tx) => recordTransfer(tx, transfer, NOW))
    const order = { billId: id, expected: krw(12_500n), note: 'asked', cancelCharge: true, actor: 'key:test' }
    const { refundIds } = await transaction(sql, (tx) => refundBill(tx, order, NOW))
    const refundId = refundIds[0] ?? ''
    await transaction(sql, (tx) => beginRefund(tx, refundId, NOW))
    await transaction(sql, (tx) => recordRefund(tx, refundId, { status: 'failed', code: 'account_closed' }, NOW))
    return { id, refundId }
  }
  const accounts = (refundId: string) =>
    world().root.sql`select bank, number, holder, given_by from refund_accounts where refund_id = ${refundId}`

  it('ask the citizen for an account, take it once, and never show it', async () => {
    const { id, refundId } = await refused()
    expect((await browser.get(`/bills/${id}`)).body).toContain(`/bills/${id}/refund-account`)
    const path = `/bills/${id}/refund-account`
    const key = fieldOf((await browser.get(path)).body, 'key')
    const bad = await browser.post(path, { key, bank: '', number: '12 ab?', holder: 'A\u0000' })
    expect(bad.status).toBe(422)
    for (const field of ['bank', 'number', 'holder']) expect(bad.body).toContain(`href="#${field}"`)
    const account = { key, bank: '국민은행', number: ' 110-123 456789 ', holder: '김하늘' }
    expect(await browser.post(path, account)).toMatchObject({ status: 303, location: `/bills/${id}` })
    await browser.post(path, account)
    expect(await accounts(refundId)).toEqual([{ bank: '국민은행', number: '110-123456789', holder: '김하늘', given_by: 'citizen' }])
    const { body } = await browser.get(`/bills/${id}`)
    expect(body).not.toContain('456789')
    expect(body).toContain('You told us where the refund should go.')
    expect((await browser.get(path)).location).toBe(`/bills/${id}`)
  })

  it('take an account only from the citizen, signed in, by a form of ours', async () => {
    const { id, refundId } = await refused()
    const path = `/bills/${id}/refund-account`
    const account = { bank: 'B', number: '1234-5678', holder: 'H' }
    const stranger = world().browser()
    const link = noticeLink(
      { ...world().root.config, GOJI_BASE_URL: world().url },
      { billId: id, deliveryId: 'dlv_x', expiresAt: NOW + DAY },
    )
    await stranger.get(new URL(link).pathname)
    expect((await stranger.get(path)).location).toContain('/sign-in')
    expect((await stranger.post(path, { ...account, key: 'x' })).location).toContain('/sign-in')
    expect((await browser.post(path, { ...account, key: 'forged' })).status).toBe(422)
    expect(await accounts(refundId)).toEqual([])
  })

  describeIf(executablePath !== null, 'there is no Chromium on the PATH')('in a real browser', () => {
    it('have no violation that axe can find, in either language, on a phone', async () => {
      const { id } = await refused()
      const payable = await world().bill({ ...who, institutionId: town })
      const chrome = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
      try {
        for (const language of ['ko', 'en'] as const) {
          const context = await chrome.newContext({ viewport: { width: 360, height: 800 }, locale: language })
          const page = await context.newPage()
          await world().root.sql`delete from sign_in_codes`
          world().sent.length = 0
          await page.goto(`${world().url}/sign-in?lang=${language}`)
          await page.fill('#contact', EMAIL)
          await page.click('main button[type=submit]')
          await world().untilSent(EMAIL)
          await page.fill('#code', world().codeSentTo(EMAIL))
          await page.click('main button[type=submit]')
          const look = async (name: string): Promise<void> => {
            const { violations } = await new AxeBuilder({ page })
              .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
              .setLegacyMode(true)
              .analyze()
            const wide = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
            expect({
              name,
              language,
              wide,
              violations: violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)]),
            }).toEqual({
              name,
              language,
              wide: 0,
              violations: [],
            })
          }
          await page.goto(`${world().url}/pay?bill=${payable}`)
          await look('a part to pay')
          await page.goto(`${world().url}/bills/${id}`)
          await look('a refund that waits')
          await page.goto(`${world().url}/bills/${id}/refund-account`)
          await look('the account')
          await page.fill('#bank', ' ')
          await page.fill('#number', '1')
          await page.fill('#holder', ' ')
          await page.click('main form button[type=submit]')
          await look('an account that is none')
          await context.close()
        }
      } finally {
        await chrome.close()
      }
    }, 240_000)
  })
})

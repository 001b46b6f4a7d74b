import { beforeAll, expect, it } from '@jest/globals'
import { noticeLink } from '../../composition/links.ts'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { decideObjection } from '../../store/commands/decide-objection.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { extendBill } from '../../store/commands/extend-bill.ts'
import { noteStop } from '../../store/checkouts/note-stop.ts'
import type { Tx } from '../../store/connection.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW, POLICY } from './world.ts'

const textOf = (page: string): string => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const mainOf = (page: string): string => page.slice(page.indexOf('<main'))

describeIf(missing === null, missing ?? '')('more time and objections on the pages', () => {
  const world = openWorld()
  const who = { citizen: 'asker', contacts: [{ channel: 'email', address: 'asker@example.kr' }] }
  let city = ''
  let browser: Browser

  beforeAll(async () => {
    const policy = { ...POLICY, extension: { byCitizen: { days: 14, times: 1 } }, objection: { within: 'P90D' } } as const
    city = await world().institution('city', { ko: '서울시', en: 'Seoul' }, { policy })
    await world().bill({ ...who, institutionId: city })
    browser = world().browser()
    await world().signIn(browser, 'asker@example.kr')
  })

  const newBill = (): Promise<string> => world().bill({ ...who, institutionId: city })
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transaction(world().root.sql, work)
  const page = async (billId: string, query = ''): Promise<string> =>
    textOf(mainOf((await browser.get(`/bills/${billId}?lang=en${query}`)).body))
  const formKey = async (path: string): Promise<string> => fieldOf(mainOf((await browser.get(path)).body), 'key')

  it('gives the later due date that it offers, once, and offers no other', async () => {
    const billId = await newBill()
    expect(await page(billId)).toContain('You can have until 7 January 2027 to pay')
    const body = mainOf((await browser.get(`/bills/${billId}`)).body)
    const form = body.slice(body.indexOf(`/bills/${billId}/extension`))
    const fields = { key: fieldOf(form, 'key'), dueDate: fieldOf(form, 'dueDate') }
    expect(fields.dueDate).toBe('2027-01-07')
    const before = world().engine.wakes.length
    for (let click = 0; click < 2; click++) {
      const answer = await browser.post(`/bills/${billId}/extension`, fields)
      expect(answer.location).toBe(`/bills/${billId}?said=extended`)
    }
    expect(
      world()
        .engine.wakes.slice(before)
        .filter(({ kind }) => kind === 'extended'),
    ).toHaveLength(1)
    const after = await page(billId, '&said=extended')
    expect(after).toContain('You have more time now.')
    expect(after).toContain('The due date is now 7 January 2027.')
    expect(after).not.toContain('You can have until')
  })

  it.each([
    ['another date', { dueDate: '2027-06-01' }],
    ['no date', { dueDate: 'soon' }],
    ['a key that is not ours', { dueDate: '2027-01-07', key: 'x' }],
  ])('gives none for %s', async (_, changes) => {
    const billId = await newBill()
    const key = await formKey(`/bills/${billId}/objection`)
    expect((await browser.post(`/bills/${billId}/extension`, { key, ...changes })).location).toBe(`/bills/${billId}?said=refused`)
    expect(await world().root.sql`select 1 from extensions where bill_id = ${billId}`).toHaveLength(0)
  })

  it('takes an objection once, puts the bill on hold, and takes it back', async () => {
    const billId = await newBill()
    expect(await page(billId)).toContain('you can object to it until 22 February 2027')
    const key = await formKey(`/bills/${billId}/objection`)
    const fields = { key, text: '이 차는\r\n6월에 팔았습니다. <script>' }
    for (let click = 0; click < 2; click++)
      expect((await browser.post(`/bills/${billId}/objection`, fields)).location).toBe(`/bills/${billId}?said=objected`)
    expect(
      await world().root.sql`
      select o.state, o.by_citizen, t.text from objections o join objection_texts t on t.objection_id = o.id where o.bill_id = ${billId}`,
    ).toEqual([{ state: 'filed', by_citizen: true, text: '이 차는\n6월에 팔았습니다. <script>' }])
    const held = await page(billId)
    expect(held).toContain('Your objection is being looked at.')
    expect(held).not.toContain('팔았습니다')
    expect(held).not.toContain('Object to this bill')
    const body = mainOf((await browser.get(`/bills/${billId}`)).body)
    const withdraw = fieldOf(body.slice(body.indexOf('/objection/withdraw')), 'key')
    expect((await browser.post(`/bills/${billId}/objection/withdraw`, { key: withdraw })).location).toBe(`/bills/${billId}?said=withdrawn`)
    expect(await page(billId)).toContain('You withdrew your objection.')
    expect((await browser.post(`/bills/${billId}/objection/withdraw`, { key: withdraw })).location).toBe(`/bills/${billId}?said=refused`)
  })

  it.each([
    ['nothing', ' ', 'Say what is wrong with the bill.'],
    ['a card number', 'I paid with 4242 4242 4242 4242', 'characters that cannot be used, a card number'],
    ['what turns text round', 'a\u202eb', 'characters that cannot be used'],
    ['more than fits', '가'.repeat(4_001), 'more than 4,000 characters'],
  ])('takes no objection of %s, and keeps what was written', async (_, text, message) => {
    const billId = await newBill()
    const key = await formKey(`/bills/${billId}/objection`)
    await browser.get('/bills?lang=en')
    const answer = await browser.post(`/bills/${billId}/objection`, { key, text })
    expect(answer.status).toBe(400)
    expect(textOf(answer.body)).toContain(message)
    expect(answer.body).toContain('aria-invalid="true"')
    expect(answer.body).toContain(text)
    expect(await world().root.sql`select 1 from objections where bill_id = ${billId}`).toHaveLength(0)
  })

  it('takes none from a form that is not ours, nor from somebody who came by a link or is somebody else', async () => {
    const billId = await newBill()
    expect((await browser.post(`/bills/${billId}/objection`, { key: 'x', text: 'wrong' })).status).toBe(400)
    const guest = world().browser()
    await guest.get(new URL(noticeLink(world().root.config, { billId, deliveryId: 'dlv_x', expiresAt: NOW + DAY })).pathname)
    expect(textOf((await guest.get(`/bills/${billId}?lang=en`)).body)).not.toContain('Object to this bill')
    for (const path of ['objection', 'extension', 'objection/withdraw'])
      expect((await guest.post(`/bills/${billId}/${path}`, { text: 'wrong', dueDate: '2027-01-07' })).location).toMatch(/^\/sign-in/)
    const other = await world().bill({ citizen: 'other', institutionId: city })
    for (const path of ['objection', 'extension', 'objection/withdraw'])
      expect((await browser.post(`/bills/${other}/${path}`, { text: 'wrong', dueDate: '2027-01-07' })).status).toBe(404)
    expect((await browser.get(`/bills/${other}/objection`)).status).toBe(404)
    expect(await world().root.sql`select 1 from objections where bill_id = any(${[billId, other]})`).toHaveLength(0)
  })

  it('offers neither where the policy foresees none', async () => {
    const strict = await world().institution('strict', { ko: '법원', en: 'Court' })
    const billId = await world().bill({ ...who, institutionId: strict })
    expect(await page(billId)).not.toMatch(/You can have until|object to it/)
    expect((await browser.get(`/bills/${billId}/objection`)).location).toBe(`/bills/${billId}`)
  })

  it('shows what the institution decided, moved and corrected, and why', async () => {
    const billId = await newBill()
    const key = await formKey(`/bills/${billId}/objection`)
    await browser.post(`/bills/${billId}/objection`, { key, text: 'wrong' })
    const [objection] = await world().root.sql<{ id: string }[]>`select id from objections where bill_id = ${billId}`
    const decision = { objectionId: objection?.id ?? '', outcome: 'dismissed', reason: 'Rightly billed', actor: 'key:test' } as const
    await run((tx) => decideObjection(tx, decision, NOW))
    await run((tx) => extendBill(tx, { billId, dueDate: '2027-02-01', reason: 'Flooded area', actor: 'key:test' }, NOW))
    const amount = { minor: 9_000n, currency: 'KRW' } as const
    await run((tx) => amendBill(tx, { billId, amount, reason: 'A wrong meter', actor: 'key:test' }, NOW))
    const shown = await page(billId)
    expect(shown).toContain('Your objection was dismissed. The time that was left goes on. Reason: Rightly billed')
    expect(shown).toContain('The due date is now 1 February 2027. Reason: Flooded area')
    expect(shown).toContain('The institution corrected this bill. Reason: A wrong meter')
    expect(shown).toContain('₩9,000')
  })

  it('says on the way back why a payment was stopped, and lets the rest be paid', async () => {
    const [one, other] = [await newBill(), await newBill()]
    const order = {
      citizenId: await world().citizenOf(one),
      billIds: [one, other],
      gateway: 'test',
      language: 'en',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    const { checkoutId } = await startCheckout(world().root, order)
    await run((tx) => cancelBill(tx, { billId: one, reason: 'a mistake', actor: 'test' }, NOW))
    expect(await run((tx) => noteStop(tx, one, NOW))).toBe(checkoutId)
    await world().engine.cancelCheckout(checkoutId)
    const { body } = await browser.get(`/checkouts/${checkoutId}/return?lang=en`)
    expect(textOf(body)).toContain('One of the bills was closed while you were paying, so we stopped the payment. Nothing was paid.')
    const { body: pay } = await browser.get(`/pay?bill=${one}&bill=${other}`)
    expect(textOf(pay)).toContain('Bills that cannot be paid now')
  })
})

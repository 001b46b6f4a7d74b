import { beforeAll, expect, it } from '@jest/globals'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { POLICY } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const HOME = '목동동로 105|07995|KR'

describeIf(missing === null, missing ?? '')('deliveries over the API', () => {
  const world = openWorld()
  let city: Tenant
  let other: Tenant
  let people = 0

  beforeAll(async () => {
    city = await world().tenant('letter-city')
    other = await world().tenant('other-city')
    const policy = {
      ...POLICY,
      calendar: { zone: 'Asia/Seoul' },
      chain: [{ channel: 'paper', wait: 'P10D', until: 'delivered' }],
      proofOfService: 'delivered',
      costs: { paper: { amount: '2875', currency: 'KRW' } },
      registeredLetter: { amount: '3000', currency: 'KRW' },
    }
    for (const { id } of [city, other]) {
      const put = await world().put(`/v1/institutions/${id}/policies/bill`, {
        key: world().operator,
        body: { title: { ko: '고지', en: 'Bill' }, policy },
      })
      expect(put.status).toBe(201)
    }
  })

  /** A bill whose letter was posted. */
  async function posted(tenant = city) {
    const identifier = `resident-${(people += 1)}`
    const citizen = { identifier, language: 'ko', contacts: [{ channel: 'paper', address: HOME }] }
    const bill = (await world().bill(tenant, { citizen })) as { id: string }
    const { sql } = world().root
    await transaction(sql, (tx) => takeStep(tx, bill.id, 'issue', NOW))
    const begun = await transaction(sql, (tx) => beginDelivery(tx, bill.id, 'notice:paper', NOW))
    if (!begun.due) throw new Error('the letter is not due')
    await transaction(sql, (tx) => recordReceipt(tx, begun.deliveryId, { level: 'accepted', at: NOW, reference: 'r-1' }, NOW))
    return { billId: bill.id, deliveryId: begun.deliveryId, identifier }
  }
  const file = (...news: { key: string; level: string; reason?: string }[]): string =>
    JSON.stringify(
      news.map(({ key, ...receipt }) => ({ eventId: `${key}-${receipt.level}`, key, receipt: { ...receipt, at: NOW, reference: key } })),
    )
  const report = (content: string, channel = 'paper') =>
    world().post('/v1/delivery-reports', { key: world().operator, body: { channel, content } })
  const comeBack = async (deliveryId: string, reason = 'moved') => {
    expect((await report(file({ key: deliveryId, level: 'returned', reason }))).body).toMatchObject({ recorded: 1 })
  }

  it('lists those that came back, with the task of a person, to their own institution only', async () => {
    const { billId, deliveryId } = await posted()
    await posted()
    await comeBack(deliveryId)
    await transaction(world().root.sql, (tx) => takeStep(tx, billId, 'askAboutReturn', NOW))
    const list = await world().get('/v1/deliveries?state=returned&channel=paper', { key: city.key })
    expect(list.body.data).toMatchObject([
      {
        id: deliveryId,
        state: 'returned',
        returnReason: 'moved',
        cost: { amount: '2875', currency: 'KRW' },
        bill: { id: billId },
        exception: { open: true },
      },
    ])
    expect(list.text).not.toContain('목동동로')
    expect((await world().get(`/v1/deliveries/${deliveryId}`, { key: city.key })).body).toEqual(list.body.data[0])
    expect((await world().get('/v1/deliveries', { key: other.key })).body.data).toEqual([])
    expect(await world().get(`/v1/deliveries/${deliveryId}`, { key: other.key })).toMatchObject({
      status: 404,
      body: { code: 'delivery_not_found' },
    })
  })

  it('pages through them', async () => {
    const first = await world().get('/v1/deliveries?limit=1', { key: city.key })
    const second = await world().get(`/v1/deliveries?limit=1&cursor=${first.body.nextCursor}`, { key: city.key })
    expect(String(first.body.data[0]?.id) > String(second.body.data[0]?.id)).toBe(true)
    const stolen = await world().get(`/v1/deliveries?limit=1&cursor=${first.body.nextCursor}`, { key: other.key })
    expect(stolen).toMatchObject({ status: 400, body: { code: 'cursor_invalid' } })
  })

  it('sends again what came back, and wakes the bill', async () => {
    const { billId, deliveryId } = await posted()
    const resend = (body: object, key = city.key) => world().post(`/v1/deliveries/${deliveryId}/resend`, { key, body })
    expect(await resend({ address: HOME })).toMatchObject({ status: 409, body: { code: 'delivery_not_returned' } })
    await comeBack(deliveryId)
    expect(await resend({})).toMatchObject({ status: 422, body: { code: 'address_missing', pointer: '/address' } })
    expect(await resend({ address: 'nowhere|00000|KR' })).toMatchObject({ status: 422, body: { code: 'address_unusable' } })
    expect(await resend({ address: 'one\ntwo' })).toMatchObject({ status: 422, body: { code: 'text_forbidden' } })
    expect(await resend({ address: '신정로 1|08000|KR' }, other.key)).toMatchObject({ status: 404 })
    expect(await resend({ address: '신정로 1|08000|KR' })).toMatchObject({ status: 200, body: { resendAt: expect.any(String) } })
    expect(world().engine.wakes.at(-1)).toMatchObject({ billId, kind: 'addressGiven' })
    const bill = await world().get(`/v1/bills/${billId}`, { key: city.key })
    expect(bill.body.next).toMatchObject({ code: 'noticeWillBeSent', key: 'notice:paper#2' })
  })

  it('takes a new address of a citizen, and sends there what came back', async () => {
    const { identifier, deliveryId } = await posted()
    await comeBack(deliveryId, 'unknown')
    const give = (changes: object, key = city.key) =>
      world().post('/v1/contacts', { key, body: { citizen: { identifier }, channel: 'paper', address: '신정로 1|08000|KR', ...changes } })
    expect(await give({ channel: 'pigeon' })).toMatchObject({ status: 422, body: { code: 'channel_unknown' } })
    expect(await give({}, other.key)).toMatchObject({ status: 404, body: { code: 'citizen_not_found' } })
    expect(await give({ citizen: { identifier: 'nobody' } })).toMatchObject({ status: 404, body: { code: 'citizen_not_found' } })
    expect(await give({})).toMatchObject({ status: 200, body: { changed: true, resent: 1 } })
    expect(await give({})).toMatchObject({ status: 200, body: { changed: false, resent: 0 } })
  })

  it('takes a file of receipts whole or not at all, and no line of it twice', async () => {
    const [one, two] = [await posted(), await posted()]
    const content = file(
      { key: one.deliveryId, level: 'delivered' },
      { key: two.deliveryId, level: 'delivered' },
      { key: 'dlv_nobody', level: 'delivered' },
    )
    expect((await report(content)).body).toEqual({ lines: 3, recorded: 2, known: 0, ignored: ['dlv_nobody'] })
    expect((await report(content)).body).toMatchObject({ recorded: 0, known: 3 })
    expect(await report('broken')).toMatchObject({ status: 422, body: { code: 'report_malformed' } })
    expect(await report(content, 'email')).toMatchObject({ status: 422, body: { code: 'reports_not_taken' } })
    expect(await report(content, 'pigeon')).toMatchObject({ status: 422, body: { code: 'channel_unknown' } })
    const own = await world().post('/v1/delivery-reports', { key: city.key, body: { channel: 'paper', content } })
    expect(own.status).toBe(403)
  })

  it('are summed up by their way, with their cost and that of registered letters for all', async () => {
    const { body, text } = await world().get('/v1/reports', { key: city.key })
    expect(body.deliveries).toMatchObject([{ path: 'paper', currency: 'KRW' }])
    const { deliveries } = JSON.parse(text) as {
      deliveries: { bills: number; sent: number; cost: string; all_registered_letters: string }[]
    }
    const { bills = 0, sent = 0, ...sums } = deliveries[0] ?? {}
    expect(sums).toMatchObject({ cost: String(sent * 2875), all_registered_letters: String(bills * 3000) })
  })

  it('cost nothing below zero, nothing in another currency, and nothing for a channel that is not in the chain', async () => {
    const put = (changes: object) =>
      world().put(`/v1/institutions/${city.id}/policies/bill`, {
        key: world().operator,
        body: { title: { ko: '고지', en: 'Bill' }, policy: { ...POLICY, ...changes } },
      })
    const first = POLICY.chain[0] ?? { channel: '' }
    const price = (amount: string, currency = 'KRW', channel = first.channel) => ({ costs: { [channel]: { amount, currency } } })
    expect(await put(price('-1'))).toMatchObject({ status: 422, body: { code: 'cost_negative' } })
    expect(await put(price('1.00', 'GBP'))).toMatchObject({ status: 422, body: { code: 'currency_differs' } })
    expect(await put(price('1', 'KRW', 'fax'))).toMatchObject({ status: 422, body: { code: 'channel_unknown' } })
    expect(await put({ registeredLetter: { amount: '1.5', currency: 'KRW' } })).toMatchObject({
      status: 422,
      body: { code: 'amount_malformed' },
    })
  })
})

import { beforeAll, expect, it } from '@jest/globals'
import { recordClaim } from '../../store/commands/take-back-payment.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { bookStatement } from '../support/bank.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import { describeIf } from '../support/skip.ts'
import { keepExcess } from './kept.ts'
import { beginNotice, issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

interface Entry {
  readonly bill: string
  readonly seq: number
  readonly action: string
  readonly actor: string
  readonly body: Readonly<Record<string, unknown>>
}

const krw = (amount: string): object => ({ amount, currency: 'KRW' })

describeIf(missing === null, missing ?? '')('what happened to one thing', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })

  const events = async (path: string, key = city.key): Promise<Entry[]> => {
    const { status, body, text } = await world().get(`${path}/events`, { key })
    if (status !== 200) throw new Error(text)
    return body.data as unknown as Entry[]
  }
  const actions = async (path: string, key = city.key): Promise<string[]> => (await events(path, key)).map(({ action }) => action)
  const order = async (path: string, body: object, key = city.key) => {
    const answer = await world().post(path, { key, body })
    if (answer.status >= 300) throw new Error(answer.text)
    return answer.body
  }
  const issued = async (tenant = city, changes = {}): Promise<string> => {
    const { id } = await world().bill(tenant, changes)
    await issue(world(), id)
    return id
  }
  /** A bill that was paid and settled; answers the payment. */
  async function paid(): Promise<{ billId: string; paymentId: string }> {
    const billId = await issued()
    const payment = await pay(world().root, billId)
    await bookStatement(world().root.sql, await receiveSettlement(world().root, [payment]), world().clock.at)
    const { body } = await world().get(`/v1/payments?bill=${billId}`, { key: city.key })
    return { billId, paymentId: body.data[0]?.id ?? '' }
  }

  it('tells of a payment from its capture to its refund, and of the refund by itself, without its account', async () => {
    const { billId, paymentId } = await paid()
    const { data } = await order(`/v1/bills/${billId}/refunds`, { expectedRefundable: krw('128500'), reason: 'Sold in August' })
    const refundId = data[0]?.id ?? ''
    const { sql } = world().root
    const now = (): number => (world().clock.at += 1_000)
    await transaction(sql, (tx) => beginRefund(tx, refundId, now()))
    await transaction(sql, (tx) => recordRefund(tx, refundId, { status: 'failed', code: 'account_closed' }, now()))
    await order(`/v1/refunds/${refundId}/account`, { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' })
    await transaction(sql, (tx) => beginRefund(tx, refundId, now()))
    const done = { status: 'succeeded', reference: 'r-1', refundedAt: now() } as const
    await transaction(sql, (tx) => recordRefund(tx, refundId, done, now()))
    const ofRefund = [
      'refundRequested',
      'refundSubmitted',
      'refundRefused',
      'refundAccountGiven',
      'refundSubmitted',
      'refunded',
      'reopened',
    ]
    expect(await actions(`/v1/refunds/${refundId}`)).toEqual(ofRefund)
    expect(await actions(`/v1/payments/${paymentId}`)).toEqual(['paid', 'settlementMatched', ...ofRefund])
    const { text } = await world().get(`/v1/refunds/${refundId}/events`, { key: city.key })
    for (const personal of ['456789', '김하늘', 'Sample Bank']) expect(text).not.toContain(personal)
    const log = (await world().get(`/v1/bills/${billId}/events`, { key: city.key })).body.data as unknown as Entry[]
    for (const { bill, seq, action, body } of await events(`/v1/payments/${paymentId}`)) {
      expect(bill).toBe(billId)
      expect(log.find((entry) => entry.seq === seq)).toMatchObject({ action, body })
    }
  })

  it('reads it page by page, each entry once', async () => {
    const { billId, paymentId } = await paid()
    await transaction(world().root.sql, (tx) =>
      recordClaim(tx, paymentId, { state: 'disputed', reference: 'd-1', at: world().clock.at }, world().clock.at),
    )
    const whole = await events(`/v1/payments/${paymentId}`)
    expect(whole.map(({ action }) => action)).toEqual(['paid', 'settlementMatched', 'paymentDisputed'])
    const read: Entry[] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`
      const { body } = await world().get(`/v1/payments/${paymentId}/events?limit=1${query}`, { key: city.key })
      read.push(...(body.data as unknown as Entry[]))
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(read).toEqual(whole)
    const first = await world().get(`/v1/payments/${paymentId}/events?limit=1`, { key: city.key })
    const elsewhere = `/v1/bills/${billId}/events?limit=1&cursor=${first.body.nextCursor ?? ''}`
    expect(await world().get(elsewhere, { key: city.key })).toMatchObject({ status: 400, body: { code: 'cursor_invalid' } })
  })

  it('keeps the order of a log whose clock went back', async () => {
    const billId = await issued()
    const { id } = await order(`/v1/bills/${billId}/objections`, { text: 'Mine' })
    world().clock.at -= 60_000
    await order(`/v1/objections/${id}/decide`, { outcome: 'dismissed', reason: 'It is yours' })
    expect(await actions(`/v1/objections/${id}`)).toEqual(['objected', 'objectionDecided'])
    const first = await world().get(`/v1/objections/${id}/events?limit=1`, { key: city.key })
    const second = await world().get(`/v1/objections/${id}/events?limit=1&cursor=${first.body.nextCursor ?? ''}`, { key: city.key })
    expect([...first.body.data, ...second.body.data].map(({ action }) => action)).toEqual(['objected', 'objectionDecided'])
    world().clock.at += 60_000
  })

  it('tells of an objection that is decided, and not of another one of the same bill', async () => {
    const billId = await issued()
    const { id: one } = await order(`/v1/bills/${billId}/objections`, { text: 'My car is sold' })
    await order(`/v1/objections/${one}/decide`, { outcome: 'dismissed', reason: 'It was not' })
    const { id: two } = await order(`/v1/bills/${billId}/objections`, { text: 'It is' })
    expect(await actions(`/v1/objections/${one}`)).toEqual(['objected', 'objectionDecided'])
    expect(await actions(`/v1/objections/${two}`)).toEqual(['objected'])
    expect(await world().get(`/v1/objections/${one}/events`, { key: city.key })).toMatchObject({ status: 200 })
    expect((await world().get(`/v1/objections/${one}/events`, { key: city.key })).text).not.toContain('My car')
  })

  it('tells of kept money in the logs of the bill it came from and of the bill that took it', async () => {
    const excess = await keepExcess(world(), city)
    const target = await issued(city, { policy: 'held' })
    await order(`/v1/excesses/${excess}/allocate`, { billId: target })
    const told = await events(`/v1/excesses/${excess}`)
    expect(told.map(({ action }) => action).sort()).toEqual(['creditUsed', 'excessHeld', 'excessReleased'])
    // Within a bill they are in their order; two bills in one instant have none.
    expect(told.filter(({ bill }) => bill !== target).map(({ action }) => action)).toEqual(['excessHeld', 'excessReleased'])
    expect(told.find(({ action }) => action === 'creditUsed')?.bill).toBe(target)
    const given = await keepExcess(world(), city)
    await order(`/v1/excesses/${given}/refund`, {})
    expect((await actions(`/v1/excesses/${given}`)).sort()).toEqual(['excessHeld', 'excessReleased', 'refundRequested'])
  })

  it('tells of a delivery by its key', async () => {
    const delivery = await beginNotice(world(), await issued())
    expect(await events(`/v1/deliveries/${delivery}`)).toMatchObject([{ action: 'sending', body: { key: 'notice:app', channel: 'app' } }])
  })

  it('does not tell one institution of the part of a payment that is for another', async () => {
    const mine = await issued()
    const theirs = await issued(water)
    const { sql } = world().root
    // One person has bills of both.
    await sql`update bills set citizen_id = (select citizen_id from bills where id = ${mine}) where id = ${theirs}`
    const { id: checkout } = await order('/v1/checkouts', { bills: [mine, theirs], language: 'ko' }, world().operator)
    await world().engine.capture(checkout)
    const { body } = await world().get(`/v1/payments?bill=${mine}`, { key: city.key })
    const path = `/v1/payments/${body.data[0]?.id ?? ''}`
    expect((await events(path)).map(({ bill }) => bill)).toEqual([mine])
    expect((await events(path, water.key)).map(({ bill }) => bill)).toEqual([theirs])
    expect((await events(path, world().operator)).map(({ bill }) => bill).sort()).toEqual([mine, theirs].sort())
  })
})

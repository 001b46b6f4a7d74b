import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { beginNotice, issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'
import type { Answer, Body } from './client.ts'

describeIf(missing === null, missing ?? '')('webhooks', () => {
  const world = openWorld({ max: 10 })
  let city: Tenant
  let number = 0

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  const send = (path: string, notice: object, headers: Readonly<Record<string, string>> = { 'x-signature': 'good' }): Promise<Answer> =>
    world().post(`/webhooks/${path}`, {
      body: JSON.stringify(notice),
      headers: { 'content-type': 'application/vnd.provider+json', ...headers },
      idempotencyKey: null,
    })
  const receipt = (key: string, level: string): object => ({
    eventId: `e-${++number}`,
    key,
    receipt: { level, at: NOW, reference: `ref-${key}` },
  })
  const noticed = async (): Promise<{ id: string; delivery: string }> => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    return { id, delivery: await beginNotice(world(), id) }
  }
  const deliveryOf = async (id: string): Promise<Body | undefined> =>
    (await world().get(`/v1/bills/${id}`, { key: city.key })).body.deliveries[0]

  it('records a receipt with its effect and wakes the bill', async () => {
    const { id, delivery } = await noticed()
    expect(await send('channel/app', receipt(delivery, 'read'))).toMatchObject({ status: 200, body: { result: 'recorded' } })
    expect(await deliveryOf(id)).toMatchObject({ state: 'read', readAt: new Date(NOW).toISOString() })
    expect(world().engine.wakes.filter(({ billId, kind }) => billId === id && kind === 'noticeRead')).toHaveLength(1)
  })

  it('takes the same event twenty times at once and does one thing', async () => {
    const { id, delivery } = await noticed()
    const notice = receipt(delivery, 'read')
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('channel/app', notice)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(answers.filter(({ body }) => body.result === 'recorded')).toHaveLength(1)
    expect(world().engine.wakes.filter(({ billId, kind }) => billId === id && kind === 'noticeRead')).toHaveLength(1)
    const events = await world().get(`/v1/bills/${id}/events`, { key: city.key })
    expect(events.body.data.filter(({ action }: { action: string }) => action === 'read')).toHaveLength(1)
  })

  it('bears receipts in the wrong order', async () => {
    const { id, delivery } = await noticed()
    for (const level of ['read', 'accepted', 'delivered']) expect((await send('channel/app', receipt(delivery, level))).status).toBe(200)
    expect(await deliveryOf(id)).toMatchObject({ state: 'read' })
  })

  it('refuses an event that comes again with another body', async () => {
    const { delivery } = await noticed()
    const notice = receipt(delivery, 'accepted')
    await send('channel/app', notice)
    expect(await send('channel/app', { ...notice, receipt: { level: 'read', at: NOW, reference: 'x' } })).toMatchObject({
      status: 409,
      body: { code: 'event_differs' },
    })
  })

  it.each(['channel/app', 'gateway/test'])('refuses an unsigned one at %s and records nothing', async (path) => {
    for (const headers of [{}, { 'x-signature': 'bad' }]) {
      expect(await send(path, { eventId: 'forged', key: 'x' }, headers)).toMatchObject({ status: 401, body: { code: 'signature_invalid' } })
    }
    expect(await world().root.sql`select 1 from inbox where event_id = 'forged'`).toHaveLength(0)
  })

  it('answers 2xx to what it knows nothing of, and logs that', async () => {
    const { delivery } = await noticed()
    const warned = world().logged.length
    const ignored = { status: 200, body: { result: 'ignored' } }
    expect(await send('channel/app', receipt('dlv_01hfz3k9q4m7v2x8c5t6w0r3en', 'read'))).toMatchObject(ignored)
    // Signed by one channel, about a delivery of another.
    expect(await send('channel/paper', receipt(delivery, 'read'))).toMatchObject(ignored)
    expect(await send('channel/app', { unknown: true })).toMatchObject(ignored)
    expect(await send('gateway/test', { eventId: 'g-0', subject: 'payment', key: 'chk_01hfz3k9q4m7v2x8c5t6w0r3en' })).toMatchObject(ignored)
    const lines = world().logged.slice(warned).join('')
    expect(lines.match(/webhook (about no|set aside)/g)).toHaveLength(4)
  })

  it('sets one aside that its adapter does not understand, and logs that as an error of ours', async () => {
    const answer = await world().post('/webhooks/channel/app', { headers: { 'x-signature': 'good' }, body: { behind: true } })
    expect(answer).toMatchObject({ status: 200, body: { result: 'ignored' } })
    expect(world().logged.map((one) => JSON.parse(one) as object)).toContainEqual(
      expect.objectContaining({ level: 50, code: 'status_unknown', provider: 'app' }),
    )
  })

  it('tells the run of a payment to ask its gateway, once', async () => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    const { body: checkout } = await world().post('/v1/checkouts', { key: city.key, body: { bills: [id], language: 'ko' } })
    const notice = { eventId: 'g-1', subject: 'payment', key: checkout.id }
    expect((await send('gateway/test', notice)).body).toEqual({ result: 'recorded' })
    expect((await send('gateway/test', notice)).body).toEqual({ result: 'duplicate' })
    expect((await send('gateway/other', { ...notice, eventId: 'g-2' })).body).toEqual({ result: 'ignored' })
    expect((await send('gateway/test', { eventId: 'g-3', subject: 'refund', key: 'ref_1' })).body).toEqual({ result: 'recorded' })
    expect(world().engine.reported).toEqual([checkout.id])
  })

  it('answers 2xx after the commit although the engine is out of reach', async () => {
    const { id, delivery } = await noticed()
    world().engine.down = true
    expect((await send('channel/app', receipt(delivery, 'read'))).body).toEqual({ result: 'recorded' })
    world().engine.down = false
    expect(await deliveryOf(id)).toMatchObject({ state: 'read' })
    const unapplied = await world().root.sql`select 1 from facts where bill_id = ${id} and kind = 'noticeRead' and applied_at is null`
    expect(unapplied).toHaveLength(1)
  })

  it('knows only the providers that are there, and bodies up to 256 kB', async () => {
    expect(await send('channel/pigeon', {})).toMatchObject({ status: 404, body: { code: 'provider_not_found' } })
    expect(await send('gateway/app', {})).toMatchObject({ status: 404, body: { code: 'provider_not_found' } })
    expect(await send('printer/app', {})).toMatchObject({ status: 404, body: { code: 'path_not_found' } })
    expect(await send('channel/app', { unknown: true, text: 'x'.repeat(200_000) })).toMatchObject({ status: 200 })
    expect(await send('channel/app', { unknown: true, text: 'x'.repeat(263_000) })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    })
  })
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { pauseBill } from '../../store/commands/pause-bill.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type Receiver, startReceiver } from '../webhooks-out/receiver.ts'
import type { Answer } from './client.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('endpoints for webhooks', () => {
  const world = openWorld()
  let city: Tenant
  let receiver: Receiver
  beforeAll(async () => {
    city = await world().tenant('city')
    receiver = await startReceiver()
  })
  afterAll(() => receiver.stop())

  const make = (body: Record<string, unknown> = {}, key = city.key): Promise<Answer> =>
    world().post('/v1/webhook-endpoints', { key, body: { url: receiver.url, description: 'Accounting', ...body } })
  const act = (id: string, verb: string, body: unknown = {}): Promise<Answer> =>
    world().post(`/v1/webhook-endpoints/${id}/${verb}`, { key: city.key, body })

  it('show their secret once, keep it encrypted, and tell the engine', async () => {
    const asked = { key: city.key, idempotencyKey: 'first', body: { url: receiver.url, description: 'Accounting' } }
    const made = await world().post('/v1/webhook-endpoints', asked)
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'enabled', events: [], pending: 0, secret: expect.stringMatching(/^whsec_/) },
    })
    const again = await world().post('/v1/webhook-endpoints', asked)
    expect(again.body).toMatchObject({ id: made.body.id, secret: null })
    expect((await world().get(`/v1/webhook-endpoints/${made.body.id}`, { key: city.key })).text).not.toContain('whsec_')
    expect(world().engine.webhooks).toContain(made.body.id)
    const [row] = await world().root.sql<{ kept: string }[]>`
      select (select string_agg(encode(sealed, 'escape'), '') from webhook_secrets) || (select string_agg(response_body, '') from idempotency_keys) as kept`
    expect(row?.kept).not.toContain(made.body.secret)
    expect(world().logged.join('')).not.toContain('whsec_')
  })

  it('are pinged at once, with both secrets while one is being changed', async () => {
    const { id, secret: old } = (await make()).body
    const rotated = await act(id, 'rotate-secret', { overlapHours: 24 })
    const fresh = rotated.body.secret
    expect(fresh).toMatch(/^whsec_/)
    // The clock of this test stands in another year, so the signature is made again over the time that it names.
    const verifiedBy = (): string[] => {
      const { text = '', headers = {} } = receiver.received.at(-1) ?? {}
      const at = new Date(Number(headers['webhook-timestamp']) * 1000)
      const signatures = headers['webhook-signature']?.split(' ') ?? []
      return [old, fresh].filter((one) => signatures.includes(new Webhook(one).sign(headers['webhook-id'] ?? '', at, text)))
    }
    expect((await act(id, 'test')).body).toMatchObject({ status: 204, error: null })
    expect(receiver.received.at(-1)?.type).toBe('webhook.ping')
    expect(verifiedBy()).toEqual([old, fresh])
    world().clock.at += 25 * 3_600_000
    await act(id, 'test')
    expect(verifiedBy()).toEqual([fresh])
    receiver.mode = 503
    expect((await act(id, 'test')).body).toMatchObject({ status: 503, error: 'status', answer: 'no, thank you' })
    receiver.mode = 204
  })

  it('are changed, disabled, enabled and deleted', async () => {
    const { id } = (await make()).body
    const put = await world().put(`/v1/webhook-endpoints/${id}`, {
      key: city.key,
      body: { url: `${receiver.url}/2`, events: ['bill.paid'], description: 'Other' },
    })
    expect(put).toMatchObject({ status: 200, body: { events: ['bill.paid'], description: 'Other' } })
    expect((await act(id, 'disable')).body).toMatchObject({ state: 'disabled', disabledBecause: 'asked' })
    expect((await act(id, 'enable')).body).toMatchObject({ state: 'enabled', disabledBecause: null })
    expect((await act(id, 'delete')).status).toBe(200)
    expect(await world().get(`/v1/webhook-endpoints/${id}`, { key: city.key })).toMatchObject({
      status: 404,
      body: { code: 'webhook_endpoint_not_found' },
    })
    expect((await act(id, 'enable')).status).toBe(404)
    const { data } = (await world().get('/v1/webhook-endpoints', { key: city.key })).body
    expect(data.map((one) => one.id)).not.toContain(id)
  })

  it.each([
    ['http://city.example/', 'webhook_url_refused'],
    ['https://169.254.169.254/latest/meta-data', 'webhook_url_refused'],
    ['https://[::ffff:10.0.0.1]/', 'webhook_url_refused'],
    ['https://167772161/', 'webhook_url_refused'],
    ['https://user:word@203.0.114.7/', 'webhook_url_refused'],
    ['https://203.0.114.7:5432/', 'webhook_url_refused'],
    ['no url', 'webhook_url_refused'],
    ['', 'value_invalid'],
    [5, 'type_wrong'],
    [`https://203.0.114.7/${'x'.repeat(2_000)}`, 'value_invalid'],
  ])('are refused at %s', async (url, code) => {
    expect(await make({ url })).toMatchObject({ status: 422, body: { code, pointer: '/url' } })
  })

  it('are refused with what nobody knows', async () => {
    expect(await make({ events: ['bill.eaten'] })).toMatchObject({ status: 422, body: { code: 'value_invalid' } })
    expect(await make({ events: ['bill.paid', 'bill.paid'] })).toMatchObject({ status: 422, body: { code: 'event_type_repeated' } })
    expect(await make({ secret: 'whsec_mine' })).toMatchObject({ status: 422, body: { code: 'property_unknown' } })
    const { id } = (await make()).body
    expect(await act(id, 'redeliver', {})).toMatchObject({ status: 422, body: { code: 'redelivery_unclear' } })
    expect(await act(id, 'rotate-secret', { overlapHours: 1e9 })).toMatchObject({ status: 422 })
    const nobodys = { event: 'evt_01hfz3k9q4m7v2x8c5t6w0r3en' }
    expect(await act(id, 'redeliver', nobodys)).toMatchObject({ status: 404, body: { code: 'event_not_found' } })
  })

  it('lie on this machine for test keys alone', async () => {
    const live = await world().makeKey(city.id, ['webhooks:write'], 'live')
    expect(await make({}, live)).toMatchObject({ status: 422, body: { code: 'webhook_url_refused' } })
  })

  it('belong to an institution, which the platform names', async () => {
    expect(await make({}, world().operator)).toMatchObject({ status: 403, body: { code: 'institution_key_needed' } })
    expect(await make({ institution: city.id }, world().operator)).toMatchObject({ status: 201, body: { institution: city.id } })
    const reader = await world().makeKey(city.id, ['bills:read'])
    expect(await make({}, reader)).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
  })

  it('have a feed that goes on where it was left', async () => {
    const water = await world().tenant('water')
    const bill = (await world().bill(water)).id
    await issue(world(), bill)
    const { body: first } = await world().get('/v1/events', { key: water.key })
    expect(first.data).toMatchObject([{ type: 'bill.issued', data: { id: bill } }])
    const next = `/v1/events?cursor=${first.nextCursor}`
    expect((await world().get(next, { key: water.key })).body).toMatchObject({ data: [], more: false })
    await transaction(world().root.sql, (tx) => pauseBill(tx, { billId: bill, reason: 'because', actor: 'test' }, world().clock.at))
    const { body: second } = await world().get(next, { key: water.key })
    expect(second.data).toMatchObject([{ type: 'bill.paused' }])
    expect(await world().get(next, { key: city.key })).toMatchObject({ status: 400, body: { code: 'cursor_invalid' } })
    const one = await world().get('/v1/events?limit=1', { key: water.key })
    expect(one.body).toMatchObject({ more: true })
    expect((await world().get('/v1/events?type=bill.paused', { key: water.key })).body.data).toHaveLength(1)
    expect(await world().get('/v1/events', { key: world().operator })).toMatchObject({ status: 403 })
    expect((await world().get(`/v1/events?institution=${water.id}`, { key: world().operator })).body.data).toHaveLength(2)
    expect(await world().get(`/v1/events?institution=${water.id}`, { key: city.key })).toMatchObject({ status: 404 })
  })
})

import { beforeAll, expect, it } from '@jest/globals'
import { verifySubjects } from '../../store/diagnosis/log-subjects.ts'
import { describeIf } from '../support/skip.ts'
import type { Answer } from './client.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

interface Provider {
  readonly kind: string
  readonly name: string
  readonly stopped: { readonly reason: string } | null
}
interface LogEntry {
  readonly action: string
  readonly body: { readonly reason: string }
}
interface Readiness {
  readonly providersStopped: readonly unknown[]
}
interface Diagnosis {
  readonly findings: readonly { readonly check: string }[]
}
const read = <T>({ text }: Answer): T => JSON.parse(text) as T

describeIf(missing === null, missing ?? '')('the switch of a channel or gateway', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  const order = (verb: 'stop' | 'resume', provider: string, reason: unknown, key = world().operator): Promise<Answer> =>
    world().post(`/v1/providers/${provider}/${verb}`, { key, body: { reason } })

  it('is listed with every provider, and read by kind and name', async () => {
    const listed = read<{ data: Provider[] }>(await world().get('/v1/providers', { key: world().operator }))
    expect(listed.data.map(({ kind, name }) => `${kind}:${name}`)).toEqual([
      'channel:app',
      'channel:email',
      'channel:paper',
      'gateway:other',
      'gateway:test',
    ])
    const first = await world().get('/v1/providers?kind=channel&limit=2', { key: world().operator })
    expect(first.body.data).toHaveLength(2)
    const second = await world().get(`/v1/providers?kind=channel&limit=2&cursor=${first.body.nextCursor}`, { key: world().operator })
    expect(second.body).toMatchObject({ data: [{ name: 'paper' }], nextCursor: null })
    expect((await world().get('/v1/providers/gateway/test', { key: world().operator })).body).toEqual({
      kind: 'gateway',
      name: 'test',
      configured: true,
      stopped: null,
    })
  })

  it('is recorded once, logged in its own chain, and told by the readiness check', async () => {
    const since = new Date(world().clock.at).toISOString()
    const stopped = await order('stop', 'gateway/test', 'Takes money twice')
    expect(stopped).toMatchObject({ status: 200, body: { stopped: { reason: 'Takes money twice', since } } })
    expect(read<Provider>(await order('stop', 'gateway/test', 'Something else')).stopped?.reason).toBe('Takes money twice')
    expect((await world().get('/v1/providers?stopped=true', { key: world().operator })).body.data).toEqual([stopped.body])
    expect((await world().get('/readyz')).body).toMatchObject({
      status: 'ready',
      providersStopped: [{ kind: 'gateway', name: 'test', since }],
    })
    expect(read<Provider>(await order('resume', 'gateway/test', 'They have mended it')).stopped).toBeNull()
    await order('resume', 'gateway/test', 'Once more')
    expect(read<Readiness>(await world().get('/readyz')).providersStopped).toEqual([])
    const events = read<{ data: LogEntry[] }>(await world().get('/v1/providers/gateway/test/events', { key: world().operator }))
    expect(events.data.map(({ action, body }) => [action, body.reason])).toEqual([
      ['stopped', 'Takes money twice'],
      ['resumed', 'They have mended it'],
    ])
    expect(await verifySubjects(world().root.sql, ['provider:gateway:test'])).toEqual({ entries: 2, flaws: [] })
  })

  it('is what the doctor reminds of', async () => {
    const stops = async (): Promise<unknown[]> =>
      read<Diagnosis>(await world().get('/v1/diagnosis', { key: world().operator })).findings.filter(({ check }) =>
        check.startsWith('stopped:'),
      )
    expect(await stops()).toEqual([])
    await order('stop', 'channel/email', 'Two of each')
    world().clock.at += 3 * 3_600_000
    expect(await stops()).toEqual([
      {
        check: 'stopped:channel:email',
        health: 'warning',
        found: 'It was stopped 3 h ago: Two of each',
        remedy: 'What is due there waits. When the reason is gone: goji providers resume channel:email --reason "…"',
      },
    ])
    await order('resume', 'channel/email', 'One of each')
  })

  it('answers as many orders at a time as one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => order('stop', 'channel/paper', 'Wrong paper')))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    const { body } = await world().get('/v1/providers/channel/paper/events', { key: world().operator })
    expect(body.data).toHaveLength(1)
  })

  it('lets no payment begin on a stopped gateway, and holds no bill', async () => {
    const { id } = await world().bill(city)
    await issue(world(), id)
    await order('stop', 'gateway/test', 'Takes money twice')
    const begin = (): Promise<Answer> => world().post('/v1/checkouts', { key: city.key, body: { bills: [id], language: 'en' } })
    const refused = await begin()
    expect(refused).toMatchObject({ status: 503, body: { code: 'provider_stopped' } })
    expect(refused.text).not.toContain('Takes money twice')
    expect((await world().root.sql`select 1 from checkouts`).length).toBe(0)
    await order('resume', 'gateway/test', 'Mended')
    expect((await begin()).status).toBe(201)
  })

  it.each([
    ['of an unknown gateway', 'gateway/nobody', { reason: 'x' }, 404, 'provider_not_found'],
    ['of an unknown kind', 'post/test', { reason: 'x' }, 404, 'provider_not_found'],
    ['of a name that is none', 'gateway/Test', { reason: 'x' }, 404, 'provider_not_found'],
    ['of a path', 'gateway/..%2Fkeys', { reason: 'x' }, 404, 'provider_not_found'],
    ['without a reason', 'gateway/test', {}, 422, 'property_missing'],
    ['with an empty reason', 'gateway/test', { reason: '' }, 422, 'value_invalid'],
    ['with a reason that is too long', 'gateway/test', { reason: 'x'.repeat(301) }, 422, 'value_invalid'],
    ['with a card number', 'gateway/test', { reason: 'card 4111 1111 1111 1111' }, 422, 'card_number_refused'],
    ['with control characters', 'gateway/test', { reason: 'a\u0000b' }, 422, 'text_unstorable'],
    ['with more than it takes', 'gateway/test', { reason: 'x', until: 'tomorrow' }, 422, 'property_unknown'],
  ])('refuses an order %s', async (_, provider, body, status, code) => {
    for (const verb of ['stop', 'resume'])
      expect(await world().post(`/v1/providers/${provider}/${verb}`, { key: world().operator, body })).toMatchObject({
        status,
        body: { code },
      })
  })

  it('is the platform’s alone', async () => {
    const foreign = await world().makeKey(city.id, ['operator'])
    expect(await order('stop', 'gateway/test', 'Mine', foreign)).toMatchObject({ status: 403, body: { code: 'platform_key_needed' } })
    expect(await order('stop', 'gateway/test', 'Mine', city.key)).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    for (const path of ['', '/gateway/test', '/gateway/test/events'])
      expect((await world().get(`/v1/providers${path}`, { key: city.key })).status).toBe(403)
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createBill } from '../../store/commands/create-bill.ts'
import { recordEvent } from '../../store/inbox/record-event.ts'
import { insertInstitution } from '../../store/institutions/insert-institution.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { type Answer, once } from '../../store/keys/once.ts'
import { revokeApiKey } from '../../store/keys/revoke-api-key.ts'
import { useApiKey } from '../../store/keys/use-api-key.ts'
import { conflict } from '../../domain/errors.ts'
import type { Tx } from '../../store/connection.ts'
import { atOnce, coded, describeStore, HOUR, type Institution, newBill, NOW, openStore, refusals, type Store, wins } from './support.ts'

describeStore('once and for all', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  describe('a request with an Idempotency-Key', () => {
    const request = (key: string, body = 'body', credential = 'key_1', route = 'POST /v1/bills') => ({
      credential,
      route,
      key,
      bytes: Buffer.from(body),
    })
    const create = async (tx: Tx): Promise<Answer> => ({ status: 201, body: (await createBill(tx, newBill(town.id), NOW)).billId })
    const ask = (key: string, body?: string, work: (tx: Tx) => Promise<Answer> = create) => once(store.sql, request(key, body), NOW, work)

    it('is answered with the first answer when it is repeated', async () => {
      const key = randomUUID()
      const first = await ask(key)
      expect(first).toMatchObject({ status: 201, replayed: false })
      expect(await ask(key)).toEqual({ ...first, replayed: true })
    })

    it('has one effect when it comes twenty times at once, and one answer', async () => {
      const key = randomUUID()
      const results = await atOnce(20, () => ask(key))
      expect(wins(results)).toBe(20)
      const answers = results.map((result) => (result.status === 'fulfilled' ? result.value : undefined))
      expect(new Set(answers.map((answer) => answer?.body)).size).toBe(1)
      expect(answers.filter((answer) => answer?.replayed === false)).toHaveLength(1)
      expect(await store.sql`select id from bills where id = ${answers[0]?.body ?? ''}`).toHaveLength(1)
    })

    it('is refused with another body, also at the same moment', async () => {
      const key = randomUUID()
      const results = await atOnce(10, (index) => ask(key, index === 0 ? 'one' : 'other'))
      const distinct = new Set(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.body] : [])))
      expect(distinct.size).toBe(1)
      expect(new Set(refusals(results))).toEqual(new Set(['idempotency_key_reused']))
    })

    it('is another request for another credential or route', async () => {
      const key = randomUUID()
      const answers = await Promise.all([
        once(store.sql, request(key), NOW, create),
        once(store.sql, request(key, 'body', 'key_2'), NOW, create),
        once(store.sql, request(key, 'body', 'key_1', 'POST /v1/checkouts'), NOW, create),
      ])
      expect(new Set(answers.map(({ body }) => body)).size).toBe(3)
    })

    it('that was refused leaves nothing, and may be tried again', async () => {
      const key = randomUUID()
      const refusing = async (tx: Tx): Promise<Answer> => {
        await create(tx)
        throw conflict('not_now', 'Later.')
      }
      const before = await store.sql`select count(*) from bills`
      await expect(ask(key, 'body', refusing)).rejects.toEqual(coded('not_now'))
      expect(await store.sql`select count(*) from bills`).toEqual(before)
      expect(await ask(key)).toMatchObject({ status: 201, replayed: false })
    })
  })

  describe('a provider’s event', () => {
    const record = (eventId: string, body = 'body', provider = 'gate'): Promise<boolean> =>
      store.run((tx) => recordEvent(tx, { provider, eventId, body: Buffer.from(body) }, NOW))

    it('is new once, also of ten at the same moment', async () => {
      const eventId = randomUUID()
      const results = await atOnce(10, () => record(eventId))
      expect(results.filter((result) => result.status === 'fulfilled' && result.value)).toHaveLength(1)
      expect(wins(results)).toBe(10)
    })

    it('is refused with another body, and is another provider’s own', async () => {
      const eventId = randomUUID()
      await record(eventId)
      await expect(record(eventId, 'other')).rejects.toEqual(coded('event_differs'))
      expect(await record(eventId, 'other', 'channel')).toBe(true)
    })

    it('is new again where its effect failed', async () => {
      const eventId = randomUUID()
      const failing = store.run(async (tx) => {
        await recordEvent(tx, { provider: 'gate', eventId, body: Buffer.from('body') }, NOW)
        throw new Error('the effect failed')
      })
      await expect(failing).rejects.toThrow('the effect failed')
      expect(await record(eventId)).toBe(true)
    })
  })

  describe('a key of the API', () => {
    const pepper = 'pepper'
    const make = () => store.run((tx) => insertApiKey(tx, { institutionId: town.id, mode: 'test', scopes: ['bills:read'], pepper }, NOW))
    const use = (key: string, now = NOW) => useApiKey(store.sql, keyedHash(pepper, 'apiKey', key), now)

    it('is found by its hash alone, which is all that is kept', async () => {
      const { id, key } = await make()
      expect(key).toMatch(/^goji_test_[A-Za-z0-9_-]{43}$/)
      const found = { id, institutionId: town.id, mode: 'test', scopes: ['bills:read'] }
      expect(await use(key)).toEqual({ outcome: 'inForce', key: found })
      expect(await use(`${key}x`)).toEqual({ outcome: 'unknown' })
      const [row] = await store.admin`select to_jsonb(k)::text as text from api_keys k where id = ${id}`
      expect(String(row?.['text'])).not.toContain(key.slice(14))
    })

    it('is over from its last millisecond on, and once it is ended, which its log tells once an hour', async () => {
      const { id, key } = await make()
      await store.admin`update api_keys set expires_at = ${new Date(NOW + HOUR)} where id = ${id}`
      expect(await use(key, NOW + HOUR - 1)).toMatchObject({ outcome: 'inForce' })
      for (const now of [NOW + HOUR, NOW + HOUR + 1, NOW + 2 * HOUR - 1])
        expect(await use(key, now)).toEqual({ outcome: 'expired', at: NOW + HOUR })
      await store.run((tx) => revokeApiKey(tx, id, 'operator', NOW))
      await Promise.all([1, 2, 3].map(() => use(key, NOW + 2 * HOUR)))
      expect(await use(key, NOW + 2 * HOUR)).toEqual({ outcome: 'revoked', at: NOW })
      const entries = await store.admin`select action, body from log where subject = ${`key:${id}`} order by seq`
      expect(entries.map(({ action, body }) => [action, JSON.parse(String(body))['because']])).toEqual([
        ['created', undefined],
        ['refused', 'expired'],
        ['revoked', undefined],
        ['refused', 'revoked'],
      ])
    })
  })

  it('an institution’s short name is taken once', async () => {
    const make = () =>
      store.run((tx) =>
        insertInstitution(tx, { slug: 'only-one', name: { ko: '하나', en: 'One' }, currency: 'KRW', zone: 'Asia/Seoul' }, NOW),
      )
    const results = await atOnce(5, make)
    expect([wins(results), ...new Set(refusals(results))]).toEqual([1, 'institution_taken'])
  })
})

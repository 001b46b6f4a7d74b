import { beforeAll, describe, expect, it } from '@jest/globals'
import { readingSchema } from '../../batches/reading.ts'
import { describeIf } from '../support/skip.ts'
import { file, GOOD, mapping, upload } from './batch-world.ts'
import type { Answer } from './client.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('mappings that an institution stores', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })
  const path = (name = '', of = city): string => `/v1/institutions/${of.id}/mappings${name === '' ? '' : `/${name}`}`
  const put = (name: string, changes: Readonly<Record<string, unknown>> = {}, as = city): Promise<Answer> =>
    world().put(path(name, as), { key: as.key, body: { mapping: mapping(changes) } })
  const make = (body: object): Promise<Answer> => world().post('/v1/batches', { key: city.key, body: { name: '시험', ...body } })
  const full = (changes: Readonly<Record<string, unknown>> = {}): object => readingSchema.parse(mapping(changes))
  const count = async (): Promise<number> =>
    (await world().root.sql`select from mappings`).length + (await world().root.sql`select from batches`).length

  it('are set, read with every field, changed, listed by name, and done away with', async () => {
    expect(await put('tax')).toMatchObject({ status: 201, body: { name: 'tax', mapping: full() } })
    expect(await put('tax')).toMatchObject({ status: 200, body: { mapping: full() } })
    world().clock.at += 60_000
    const changed = await put('tax', { delimiter: ';' })
    expect(changed).toMatchObject({ status: 200, body: { mapping: full({ delimiter: ';' }) } })
    const { createdAt, changedAt } = changed.body as unknown as { createdAt: string; changedAt: string }
    expect(Date.parse(changedAt) - Date.parse(createdAt)).toBe(60_000)
    expect((await world().get(path('tax'), { key: city.key })).body).toEqual(changed.body)
    await put('fines')
    await put('parking')
    const first = await world().get(`${path()}?limit=2`, { key: city.key })
    const next = await world().get(`${path()}?limit=2&cursor=${first.body.nextCursor}`, { key: city.key })
    expect([...first.body.data, ...next.body.data].map(({ name }) => name)).toEqual(['fines', 'parking', 'tax'])
    expect(next.body.nextCursor).toBeNull()
    expect(await world().delete(path('parking'), { key: city.key })).toMatchObject({ status: 200, body: { name: 'parking' } })
    for (const ask of ['get', 'delete'] as const)
      expect(await world()[ask](path('parking'), { key: city.key })).toMatchObject({ status: 404, body: { code: 'mapping_not_found' } })
    const events = await world().get(`/v1/institutions/${city.id}/events`, { key: city.key })
    const told = (events.body.data as unknown as { action: string; body: { name?: string } }[]).map(({ action, body }) => [
      action,
      body.name,
    ])
    expect(told.filter(([action]) => String(action).startsWith('mapping'))).toEqual([
      ['mappingSet', 'tax'],
      ['mappingSet', 'tax'],
      ['mappingSet', 'fines'],
      ['mappingSet', 'parking'],
      ['mappingDeleted', 'parking'],
    ])
  })

  it('make a batch by their name, which keeps what it was made with', async () => {
    await put('copied')
    const { status, body: batch } = await make({ mappingName: 'copied' })
    expect([status, batch]).toEqual([201, expect.objectContaining({ mappingName: 'copied', state: 'created' })])
    await put('copied', { delimiter: ';', dateFormat: 'YYYY-MM-DD' })
    await world().delete(path('copied'), { key: city.key })
    expect(await upload(world(), city, batch.id, file(GOOD))).toMatchObject({ status: 200, body: { counts: { received: 1, invalid: 0 } } })
    const own = await make({ mapping: mapping() })
    expect(own.body).toMatchObject({ mappingName: null })
  })

  it('are stored once when two clerks store the same at the same time', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => put('together')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
  })

  it("are nobody else's: another institution neither sees, changes nor uses them, and has the same names to itself", async () => {
    await put('mine')
    for (const [ask, body] of [['get'], ['put', { mapping: mapping() }], ['delete']] as const)
      expect(await world()[ask](path('mine'), { key: water.key, body })).toMatchObject({
        status: 404,
        body: { code: 'institution_not_found' },
      })
    expect(await world().post('/v1/batches', { key: water.key, body: { name: 'x', mappingName: 'mine' } })).toMatchObject({
      status: 422,
      body: { code: 'mapping_unknown', pointer: '/mappingName' },
    })
    expect((await put('mine', { delimiter: '|' }, water)).status).toBe(201)
    expect(await world().get(path('mine'), { key: city.key })).toMatchObject({ body: { mapping: { delimiter: ',' } } })
    expect((await world().get(path('', water), { key: water.key })).body.data).toHaveLength(1)
    const reader = await world().makeKey(city.id, ['bills:read'])
    expect((await world().get(path('mine'), { key: reader })).status).toBe(200)
    for (const [ask, body] of [['put', { mapping: mapping() }], ['delete']] as const)
      expect(await world()[ask](path('mine'), { key: reader, body })).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    expect((await world().get(path('mine'), { key: world().operator })).status).toBe(200)
  })

  describe('and bad input', () => {
    it.each<[string, unknown, string, string]>([
      ['no mapping', {}, 'property_missing', '/mapping'],
      ['a list', { mapping: [] }, 'type_wrong', '/mapping'],
      ['null', { mapping: null }, 'type_wrong', '/mapping'],
      ['a field beside it', { mapping: mapping(), name: 'x' }, 'property_unknown', '/name'],
      ['an unknown field', { mapping: mapping({ colour: 1 }) }, 'property_unknown', '/mapping/colour'],
      ['another currency', { mapping: mapping({ currency: 'GBP' }) }, 'currency_differs', '/mapping/currency'],
      [
        'no title',
        { mapping: mapping({ columns: { billNumber: 'a', citizen: 'b', amount: 'c' } }) },
        'value_invalid',
        '/mapping/columns/title',
      ],
      [
        'a day of no calendar',
        { mapping: mapping({ defaults: { validUntil: '2026-02-30' } }) },
        'value_invalid',
        '/mapping/defaults/validUntil',
      ],
      [
        'a year of nobody',
        { mapping: mapping({ defaults: { validUntil: '9999-01-01' } }) },
        'date_out_of_range',
        '/mapping/defaults/validUntil',
      ],
      [
        'a card number',
        { mapping: mapping({ defaults: { title: '4242 4242 4242 4242' } }) },
        'card_number_refused',
        '/mapping/defaults/title',
      ],
      [
        'NUL in a column',
        { mapping: mapping({ contacts: [{ channel: 'app', column: 'a\u0000' }] }) },
        'text_unstorable',
        '/mapping/contacts/0/column',
      ],
    ])('refuses %s and stores nothing', async (_, body, code, pointer) => {
      const before = await count()
      expect(await world().put(path('bad'), { key: city.key, body })).toMatchObject({ status: 422, body: { code, pointer } })
      expect(await count()).toBe(before)
    })

    it.each(['A', 'Tax', 'a b', '%00', '%ED%95%9C', '..%2Fbill', 'a'.repeat(64)])('has no mapping named %s', async (name) => {
      for (const [ask, body] of [['get'], ['put', { mapping: mapping() }], ['delete']] as const) {
        const { status } = await world()[ask](path(name), { key: city.key, body })
        expect([400, 404]).toContain(status)
      }
    })

    it.each<[string, object, string, string]>([
      ['neither a mapping nor a name', {}, 'property_missing', '/mapping'],
      ['both', { mapping: mapping(), mappingName: 'tax' }, 'mapping_twice', '/mappingName'],
      ['a name that nobody stored', { mappingName: 'nothing' }, 'mapping_unknown', '/mappingName'],
      ['a name that is none', { mappingName: 'No Name' }, 'value_invalid', '/mappingName'],
      ['null for a name', { mappingName: null }, 'type_wrong', '/mappingName'],
    ])('refuses a batch with %s', async (_, body, code, pointer) => {
      const before = await count()
      expect(await make(body)).toMatchObject({ status: 422, body: { code, pointer } })
      expect(await count()).toBe(before)
    })
  })
})

import { beforeAll, expect, it } from '@jest/globals'
import { look } from '../../store/commands/look.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const DAY = 86_400_000

describeIf(missing === null, missing ?? '')('the list of bills', () => {
  const world = openWorld()
  let city: Tenant
  const ids: string[] = []

  beforeAll(async () => {
    city = await world().tenant('city')
    for (let index = 0; index < 5; index++) {
      world().clock.at = NOW + index * 1_000
      const bill = await world().bill(city, {
        billNumber: `L-${index}`,
        ...(index === 2 ? { citizen: { identifier: 'other', language: 'en', contacts: [] } } : {}),
        ...(index === 4 ? { dueDate: '2026-12-01' } : {}),
      })
      ids.unshift(bill.id)
    }
    for (const id of ids.slice(0, 2)) {
      await issue(world(), id)
      await transaction(world().root.sql, (tx) => look(tx, id, world().clock.at))
    }
    await world().post(`/v1/bills/${ids[4]}/cancel`, { key: city.key, body: { reason: 'Twice' } })
  })

  const list = async (query: string): Promise<string[]> =>
    (await world().get(`/v1/bills?${query}`, { key: city.key })).body.data.map(({ id }: { id: string }) => id)

  it('is in a stable order, page by page, for institutions and for the operator', async () => {
    for (const [key, more] of [
      [city.key, ''],
      [world().operator, ''],
      [world().operator, `&institution=${city.id}`],
    ] as const) {
      const seen: string[] = []
      for (let cursor = ''; ;) {
        const { body } = await world().get(`/v1/bills?limit=2${more}${cursor}`, { key })
        seen.push(...body.data.map(({ id }: { id: string }) => id))
        if (body.nextCursor === null) break
        cursor = `&cursor=${body.nextCursor}`
        // What comes in meanwhile moves no page.
        if (seen.length === 2) await world().root.sql`update bills set changed_at = ${NOW + DAY} where id = ${ids[3] ?? ''}`
      }
      expect(seen).toEqual(ids)
    }
  })

  it('filters', async () => {
    expect(await list('status=cancelled')).toEqual([ids[4]])
    expect(await list('stage=closed')).toEqual([ids[4]])
    expect(await list('billNumber=L-3')).toEqual([ids[1]])
    expect(await list('citizenIdentifier=other')).toEqual([ids[2]])
    expect(await list('citizenIdentifier=nobody')).toEqual([])
    expect(await list(`createdAfter=${encodeURIComponent(new Date(NOW + 3_000).toISOString())}`)).toEqual([ids[0], ids[1]])
    expect(await list('createdBefore=2026-11-24T15%3A00%3A01%2B09%3A00')).toEqual([ids[4]])
    expect(await list('dueBefore=2026-12-10T00:00:00Z')).toEqual([ids[0]])
    expect(await list('dueAfter=2026-12-10T00:00:00Z')).toEqual([ids[1], ids[4]])
  })

  it('knows what is overdue', async () => {
    expect(await list('overdue=true')).toEqual([])
    world().clock.at = Date.parse('2026-12-01T15:00:00Z')
    expect(await list('overdue=true')).toEqual([ids[0]])
    expect(await list('overdue=false')).toEqual(ids.slice(1))
    const { body } = await world().get(`/v1/bills/${ids[0]}`, { key: city.key })
    expect(body).toMatchObject({ overdue: true, status: 'issued' })
  })
})

import { expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { withDatabase } from '../support/postgres.ts'
import { newBillBody } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import { World } from './world.ts'

describeIf(missing === null, missing ?? '')('outages', () => {
  const world = openWorld()

  it('answers after the commit although the engine is out of reach, and does not wait for it again and again', async () => {
    const city = await world().tenant('city')
    world().engine.down = true
    const { status, body } = await world().post('/v1/bills', { key: city.key, body: newBillBody() })
    expect(status).toBe(201)
    const [fact] = await world().root.sql<{ kind: string }[]>`select kind from facts where bill_id = ${body.id} and applied_at is null`
    expect(fact).toEqual({ kind: 'billCreated' })
    const warned = (): number => world().logged.filter((line) => line.includes('the sweep relays it')).length
    expect(warned()).toBe(1)
    await world().bill(city)
    expect(warned()).toBe(1)
    world().engine.down = false
    world().clock.at += 5_000
    const { id } = await world().bill(city)
    expect(world().engine.wakes.map(({ billId }) => billId)).toEqual([id])
  })

  it('says what is down, and stays in service without the engine', async () => {
    expect(await world().get('/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready', dependencies: { database: 'up', engine: 'up' } },
    })
    world().engine.down = true
    expect(await world().get('/readyz')).toMatchObject({
      status: 200,
      body: { status: 'degraded', dependencies: { database: 'up', engine: 'down' } },
    })
    world().engine.down = false
  })

  it('answers 503 without the database, never a success, and stays alive', async () => {
    const database = await withDatabase()
    const lost = new World(database.url)
    await lost.start()
    await lost.prepare()
    const city = await lost.tenant('city')
    await database.drop()
    for (const answer of [
      await lost.get('/v1/bills', { key: city.key }),
      await lost.post('/v1/bills', { key: city.key, body: newBillBody() }),
      await lost.post('/webhooks/gateway/test', {
        body: JSON.stringify({ eventId: 'x', subject: 'payment', key: 'chk' }),
        headers: { 'x-signature': 'good' },
      }),
    ]) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } })
      expect(answer.headers.get('retry-after')).toBe('2')
    }
    expect(await lost.get('/readyz')).toMatchObject({ status: 503, body: { status: 'down', dependencies: { database: 'down' } } })
    expect(await lost.get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } })
    await lost.stop()
  })

  it('waits for a row that somebody holds only so long, and does nothing then', async () => {
    const city = await world().tenant('held')
    const { id } = await world().bill(city)
    let release = (): void => undefined
    let held = (): void => undefined
    const isHeld = new Promise<void>((resolve) => (held = resolve))
    const holder = world().root.sql.begin(async (tx) => {
      await tx`select 1 from bills where id = ${id} for update`
      held()
      await new Promise<void>((resolve) => (release = resolve))
    })
    await isHeld
    const answer = await world().post(`/v1/bills/${id}/cancel`, { key: city.key, body: { reason: 'Twice' } })
    release()
    await holder
    expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } })
    expect((await world().get(`/v1/bills/${id}`, { key: city.key })).body.status).toBe('received')
  })
})

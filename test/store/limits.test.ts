import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Limiter } from '../../composition/limits/limiter.ts'
import { forgetWindows } from '../../store/limits/forget-windows.ts'
import { takePoints } from '../../store/limits/take-points.ts'
import { describeStore, HOUR, NOW, openStore, type Store } from './support.ts'

const WINDOW = 60_000

describeStore('counting what is spent', () => {
  let store: Store
  beforeAll(async () => {
    store = await openStore()
  })
  afterAll(() => store.close())

  const never = (error: unknown): never => {
    throw error
  }

  it('never lets through more than the limit, however many processes spend at once, and wastes no more than their lots', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ process: fc.nat(3), points: fc.constantFrom(1, 1, 1, 1, 21) }), { minLength: 1, maxLength: 120 }),
        async (points, processes, requests) => {
          const bucket = randomUUID()
          const limiters = Array.from({ length: processes }, () => new Limiter(store.sql, never))
          const limit = { points, windowMs: WINDOW }
          const results = await Promise.all(
            requests.map(async ({ process, points: cost }) => {
              const limiter = limiters[process % processes] as Limiter
              return { cost, wait: await limiter.spend(bucket, limit, cost, NOW) }
            }),
          )
          const spent = results.filter(({ wait }) => wait === 0).reduce((sum, { cost }) => sum + cost, 0)
          expect(spent).toBeLessThanOrEqual(points)
          for (const { wait } of results) expect([0, WINDOW - (NOW % WINDOW)]).toContain(wait)
          const wanted = requests.reduce((sum, { points: cost }) => sum + cost, 0)
          // Nobody is refused while the lots of all processes together leave enough.
          if (wanted + processes * Math.max(21, points / 100) <= points) expect(spent).toBe(wanted)
        },
      ),
      { numRuns: 40 },
    ))

  it('gives one process all of a limit, one by one, and nothing beyond it, and begins anew in the next window', async () => {
    const limiter = new Limiter(store.sql, never)
    const bucket = randomUUID()
    const spend = (now: number): Promise<number> => limiter.spend(bucket, { points: 350, windowMs: WINDOW }, 1, now)
    for (const now of [NOW, NOW + WINDOW]) {
      const waits = await Promise.all(Array.from({ length: 400 }, () => spend(now)))
      expect(waits.filter((wait) => wait === 0)).toHaveLength(350)
    }
  })

  it('is of no weight where the limit is none', async () => {
    const limiter = new Limiter(store.sql, never)
    const bucket = randomUUID()
    for (let count = 0; count < 50; count++) expect(await limiter.spend(bucket, { points: 0, windowMs: WINDOW }, 1_000, NOW)).toBe(0)
    expect(await store.sql`select from rate_limits where bucket = ${bucket}`).toHaveLength(0)
  })

  it('forgets windows that are long past, at the same time as others do', async () => {
    const bucket = randomUUID()
    for (const endsAt of [NOW - 3 * HOUR, NOW]) await takePoints(store.sql, { bucket, endsAt, points: 1, limit: 5 })
    await Promise.all([1, 2, 3].map(() => forgetWindows(store.sql, NOW - HOUR)))
    expect(await store.sql`select ends_at from rate_limits where bucket = ${bucket}`).toEqual([{ ends_at: NOW }])
  })
})

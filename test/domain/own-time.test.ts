import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { after, between, type Pause, pausedAt } from '../../domain/own-time.ts'

const length = fc.integer({ min: 1, max: 1_000 })
const duration = fc.nat(5_000)

/** Closed pauses in order, some of them before the start of the clock at 0. */
const pauses: fc.Arbitrary<Pause[]> = fc.array(fc.record({ gap: fc.nat(500), length }), { maxLength: 6 }).map((all) => {
  let at = -1_000
  return all.map(({ gap, length: paused }) => {
    const from = at + gap
    at = from + paused
    return { from, until: at }
  })
})
const endOf = (all: readonly Pause[]): number => all.at(-1)?.until ?? -1_000

describe('a pause', () => {
  it('moves every later date by exactly its length, and no date before it', () => {
    fc.assert(
      fc.property(pauses, fc.nat(3_000), length, duration, (before, gap, paused, time) => {
        const from = Math.max(0, endOf(before)) + gap
        const date = after(0, time, before) ?? NaN
        const moved = after(0, time, [...before, { from, until: from + paused }])
        expect(moved).toBe(date <= from ? date : date + paused)
      }),
    )
  })

  it('leaves exactly the time that was left, wherever it falls', () => {
    fc.assert(
      fc.property(pauses, duration, (all, time) => {
        const date = after(0, time, all) ?? NaN
        expect(between(0, date, all)).toBe(time)
        expect(date).toBeGreaterThanOrEqual(time)
      }),
    )
  })

  it('that lasts keeps every later date from coming, and no date before it', () => {
    fc.assert(
      fc.property(pauses, fc.nat(3_000), duration, (before, gap, time) => {
        const from = Math.max(0, endOf(before)) + gap
        const date = after(0, time, before) ?? NaN
        expect(after(0, time, [...before, { from, until: null }])).toBe(date <= from ? date : null)
      }),
    )
  })

  it('that ends when it begins changes nothing', () => {
    expect(after(0, 100, [{ from: 50, until: 50 }])).toBe(100)
  })

  it('under way when a clock starts holds it until the pause ends', () => {
    expect(after(100, 30, [{ from: 40, until: 150 }])).toBe(180)
    expect(after(100, 30, [{ from: 40, until: null }])).toBeNull()
    expect(after(100, 30, [{ from: 40, until: 100 }])).toBe(130)
  })

  it('of 13 days for an objection moves a due date by 13 days', () => {
    const day = 86_400_000
    expect(after(0, 30 * day, [{ from: 10 * day, until: 23 * day }])).toBe(43 * day)
  })
})

it('pausedAt counts a pause from its first instant to just before its last', () => {
  const all: Pause[] = [
    { from: 10, until: 20 },
    { from: 30, until: null },
  ]
  expect([9, 10, 19, 20, 29, 30, 999].map((at) => pausedAt(at, all))).toEqual([false, true, true, false, false, true, true])
})

it('between counts an open pause up to the end asked for', () => {
  expect(
    between(0, 100, [
      { from: 10, until: 20 },
      { from: 60, until: null },
    ]),
  ).toBe(50)
  expect(between(15, 100, [{ from: 10, until: 20 }])).toBe(80)
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { FAULTS } from '../../chaos/faults/index.ts'
import { scheduleOf } from '../../chaos/schedule.ts'

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const lengths = fc.integer({ min: 20_000, max: 20 * 60_000 })
const some = fc.subarray([...FAULTS], { minLength: 1 })

describe('the schedule of faults', () => {
  it('is the same for the same seed, time and faults', () => {
    fc.assert(
      fc.property(seeds, lengths, some, (seed, ms, faults) => expect(scheduleOf(seed, ms, faults)).toEqual(scheduleOf(seed, ms, faults))),
    )
  })

  it('is another one for another seed', () => {
    const schedules = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(scheduleOf(seed, 600_000, FAULTS)))
    expect(new Set(schedules).size).toBe(5)
  })

  it('has every fault that was asked for, none twice before each came once, all healed before the end', () => {
    fc.assert(
      fc.property(seeds, lengths, some, (seed, ms, faults) => {
        const planned = scheduleOf(seed, ms, faults)
        const first = planned.slice(0, faults.length).map(({ fault }) => fault)
        expect(new Set(first)).toEqual(new Set(faults.map(({ id }) => id)))
        for (const { at, lasts } of planned) {
          expect(at).toBeGreaterThan(0)
          expect(at + lasts).toBeLessThanOrEqual(ms)
        }
        expect(planned.map(({ at }) => at)).toEqual(planned.map(({ at }) => at).sort((a, b) => a - b))
      }),
    )
  })

  it('is empty without faults', () => expect(scheduleOf(1, 60_000, [])).toEqual([]))
})

describe('the faults', () => {
  it('bear names of the matrix, each once, and say what they do', () => {
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length)
    for (const { id, about, lasts } of FAULTS) {
      expect(id).toMatch(/^F([1-9]|[12]\d|30)$/)
      expect(about).toMatch(/^\S.{10,}[^.]$/)
      expect(lasts[0]).toBeLessThanOrEqual(lasts[1])
    }
  })
})

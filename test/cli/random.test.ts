import { describe, expect, it } from '@jest/globals'
import { draw, pick } from '../../cli/run/random.ts'

const ids = Array.from({ length: 20_000 }, (_, index) => `LW-${String(index).padStart(6, '0')}`)

describe('chance', () => {
  it('gives the same answer to the same question, on every machine', () => {
    expect([draw(1, 'behaviour', 'LW-000001'), draw(1, 'behaviour', 'LW-000002'), draw(2, 'behaviour', 'LW-000001'), draw(1, '김하늘')])
      .toMatchInlineSnapshot(`
      [
        0.9449926095549017,
        0.34273215173743665,
        0.12123812828212976,
        0.09561555925756693,
      ]
    `)
  })

  it('keeps the words of a question apart', () => {
    expect(draw(1, 'ab', 'c')).not.toBe(draw(1, 'a', 'bc'))
  })

  it('spreads evenly, and one question tells nothing of another', () => {
    const tenths = new Array<number>(10).fill(0)
    let together = 0
    for (const id of ids) {
      const one = draw(7, 'behaviour', id)
      tenths[Math.floor(one * 10)] = (tenths[Math.floor(one * 10)] ?? 0) + 1
      together += (one - 0.5) * (draw(7, 'method', id) - 0.5)
    }
    // Five standard deviations on either side of 2,000, and of no correlation.
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(213)
    expect(Math.abs((together * 12) / ids.length)).toBeLessThan(0.036)
  })
})

describe('a choice', () => {
  it('is as likely as its weight, and never one without weight', () => {
    const counts = { card: 0, simplePay: 0, bankAccount: 0 }
    for (const id of ids) counts[pick({ card: 1, simplePay: 3, bankAccount: 0 }, draw(3, 'method', id))] += 1
    expect(counts.bankAccount).toBe(0)
    expect(Math.abs(counts.card - 5_000)).toBeLessThan(307)
  })

  it('takes the last one with a weight at the very end', () => {
    expect(pick({ card: 0.1, simplePay: 0.2, bankAccount: 0 }, 1 - Number.EPSILON / 2)).toBe('simplePay')
    expect(() => pick({ card: 0 }, 0.5)).toThrow(RangeError)
  })
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Duration, durationMs, isCalendarDays } from '../../domain/duration.ts'

describe('durationMs', () => {
  it.each<[Duration, number]>([
    ['P30D', 30 * 86_400_000],
    ['P0D', 0],
    ['PT24H', 86_400_000],
    ['PT40S', 40_000],
    ['PT1M30S', 90_000],
    ['PT1H2M3S', 3_723_000],
    ['PT1H3S', 3_603_000],
    ['PT0S', 0],
  ])('%s is %d ms', (duration, ms) => {
    expect(durationMs(duration)).toBe(ms)
  })

  it('adds up hours, minutes and seconds', () => {
    const part = fc.nat(99_999)
    fc.assert(
      fc.property(part, part, part, (hours, minutes, seconds) => {
        expect(durationMs(`PT${hours}H${minutes}M${seconds}S`)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1000)
      }),
    )
  })

  it.each([
    '',
    'P',
    'PT',
    'P1',
    '30D',
    'P-1D',
    'P1.5D',
    'P1DT1H',
    'P1W',
    'P1M',
    'P1Y',
    'PT1D',
    'PT1S1H',
    'PT1.5S',
    'PT-5S',
    'pt5s',
    ' PT5S',
    'PT5S\n',
    'P١D',
    'P999999D',
  ])('refuses %j', (text) => {
    expect(() => durationMs(text as Duration)).toThrow(expect.objectContaining({ code: 'duration_malformed' }))
  })
})

it('tells calendar days from exact time', () => {
  expect(isCalendarDays('P1D')).toBe(true)
  expect(isCalendarDays('PT24H')).toBe(false)
})

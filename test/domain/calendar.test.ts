import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays, type Calendar, dueDay, endOfDay, instantOf, localParts, outsideQuietHours } from '../../domain/calendar.ts'

const HOUR = 3_600_000
const at = (iso: string): number => Date.parse(iso)
const iso = (instant: number): string => new Date(instant).toISOString()

// Some lie ahead of UTC and some behind; one changes its clocks at midnight, one by half an hour.
const ZONES = ['Asia/Seoul', 'Europe/London', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe', 'UTC']
const instants = fc
  .integer({ min: at('2020-01-01T00:00:00Z') / 1000, max: at('2036-12-31T00:00:00Z') / 1000 })
  .map((seconds) => seconds * 1000)
const zones = fc.constantFrom(...ZONES)

describe('wall time and instants', () => {
  it.each([
    ['2026-01-15', 9 * 60, 'Asia/Seoul', '2026-01-15T00:00:00.000Z'],
    ['2026-07-15', 9 * 60, 'Europe/London', '2026-07-15T08:00:00.000Z'],
    ['2026-12-15', 9 * 60, 'Europe/London', '2026-12-15T09:00:00.000Z'],
    ['2028-02-29', 0, 'Asia/Seoul', '2028-02-28T15:00:00.000Z'],
    // 01:30 does not exist on this morning: clocks go from 01:00 to 02:00.
    ['2026-03-29', 90, 'Europe/London', '2026-03-29T01:30:00.000Z'],
    ['2026-03-08', 150, 'America/New_York', '2026-03-08T07:30:00.000Z'],
    // 01:30 comes twice: the first one is meant.
    ['2026-10-25', 90, 'Europe/London', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01', 90, 'America/New_York', '2026-11-01T05:30:00.000Z'],
    // Midnight itself is skipped here.
    ['2026-09-06', 0, 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ])('%s + %d min in %s is %s', (date, minutes, zone, expected) => {
    expect(iso(instantOf(date, minutes, zone))).toBe(expected)
  })

  it('finds the instant again from its wall time, or the first of the two that show it', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const minute = instant - (instant % 60_000)
        const { date, minutes } = localParts(minute, zone)
        const found = instantOf(date, minutes, zone)
        expect(localParts(found, zone)).toEqual({ date, minutes })
        expect([0, HOUR / 2, HOUR]).toContain(minute - found)
      }),
    )
  })
})

describe('days', () => {
  it('counts over leap days, ends of years and changes of the clock', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })

  it('ends a day at its last millisecond, however long the day is', () => {
    expect(iso(endOfDay('2026-03-29', 'Europe/London'))).toBe('2026-03-29T22:59:59.999Z')
    expect(iso(endOfDay('2026-10-25', 'Europe/London'))).toBe('2026-10-25T23:59:59.999Z')
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const { date } = localParts(instant, zone)
        const end = endOfDay(date, zone)
        expect(end).toBeGreaterThanOrEqual(instant)
        expect(localParts(end, zone).date).toBe(date)
        expect(localParts(end + 1, zone).date).toBe(addDays(date, 1))
      }),
    )
  })

  it('moves a due date to the next business day only where the calendar asks for it', () => {
    const korea: Calendar = { zone: 'Asia/Seoul', dueOnBusinessDay: true, holidays: ['2026-02-16', '2026-02-17', '2026-02-18'] }
    expect(dueDay('2026-02-13', korea)).toBe('2026-02-13')
    // Saturday, Sunday, then the three days of the lunar new year.
    expect(dueDay('2026-02-14', korea)).toBe('2026-02-19')
    expect(dueDay('2026-02-17', korea)).toBe('2026-02-19')
    expect(dueDay('2026-02-14', { zone: 'Asia/Seoul' })).toBe('2026-02-14')
  })
})

describe('quiet hours', () => {
  const seoul: Calendar = { zone: 'Asia/Seoul', quietHours: { from: '21:00', until: '08:00' } }

  it.each([
    ['the minute before', '2026-05-01T20:59:59+09:00', '2026-05-01T20:59:59+09:00'],
    ['their first minute', '2026-05-01T21:00:00+09:00', '2026-05-02T08:00:00+09:00'],
    ['midnight', '2026-05-02T00:00:00+09:00', '2026-05-02T08:00:00+09:00'],
    ['the end of a month', '2026-02-28T23:30:00+09:00', '2026-03-01T08:00:00+09:00'],
    ['their last minute', '2026-05-02T07:59:59+09:00', '2026-05-02T08:00:00+09:00'],
    ['their end', '2026-05-02T08:00:00+09:00', '2026-05-02T08:00:00+09:00'],
  ])('across midnight: %s', (_, instant, expected) => {
    expect(iso(outsideQuietHours(at(instant), seoul))).toBe(iso(at(expected)))
  })

  it('within one day', () => {
    const noon: Calendar = { zone: 'Asia/Seoul', quietHours: { from: '12:00', until: '13:00' } }
    expect(outsideQuietHours(at('2026-05-01T12:30:00+09:00'), noon)).toBe(at('2026-05-01T13:00:00+09:00'))
    expect(outsideQuietHours(at('2026-05-01T13:00:00+09:00'), noon)).toBe(at('2026-05-01T13:00:00+09:00'))
  })

  it('end at the wall time also in the night the clocks change', () => {
    const london: Calendar = { zone: 'Europe/London', quietHours: { from: '22:00', until: '08:00' } }
    expect(iso(outsideQuietHours(at('2026-03-28T23:00:00Z'), london))).toBe('2026-03-29T07:00:00.000Z')
    expect(iso(outsideQuietHours(at('2026-10-24T22:00:00Z'), london))).toBe('2026-10-25T08:00:00.000Z')
  })

  it('never hurry a message, never hold it for a day, and always let go of it outside', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 18, max: 23 }), fc.integer({ min: 5, max: 10 }), (instant, zone, from, until) => {
        const quietHours = { from: `${from}:00`, until: `${String(until).padStart(2, '0')}:00` }
        const sent = outsideQuietHours(instant, { zone, quietHours })
        const { minutes } = localParts(sent, zone)
        expect(sent).toBeGreaterThanOrEqual(instant)
        expect(sent - instant).toBeLessThan(24 * HOUR)
        expect(minutes >= until * 60 && minutes < from * 60).toBe(true)
      }),
    )
  })

  it('are none where the calendar has none', () => {
    expect(outsideQuietHours(at('2026-05-01T23:00:00+09:00'), { zone: 'Asia/Seoul' })).toBe(at('2026-05-01T23:00:00+09:00'))
  })
})

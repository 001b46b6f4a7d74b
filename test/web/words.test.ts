import { describe, expect, it } from '@jest/globals'
import { networkOf } from '../../composition/network.ts'
import { en } from '../../web/texts/en.ts'
import { ko } from '../../web/texts/ko.ts'
import { dateText, dayText, daysUntil, soonText, timeText } from '../../web/words/dates.ts'
import { maskAddress } from '../../web/words/mask.ts'
import { moneyText } from '../../web/words/money.ts'

describe('amounts', () => {
  it.each([
    ['ko', 12_500n, 'KRW', '12,500원'],
    ['en', 12_500n, 'KRW', '₩12,500'],
    ['ko', 1_160n, 'GBP', '£11.60'],
    ['en', 1_160n, 'GBP', '£11.60'],
    ['en', 5n, 'GBP', '£0.05'],
    ['ko', 9_007_199_254_740_993n, 'KRW', '9,007,199,254,740,993원'],
    ['en', 900_719_925_474_099_301n, 'GBP', '£9,007,199,254,740,993.01'],
    ['en', 1_234_567n, 'KWD', 'KWD 1,234.567'],
    ['en', -1_160n, 'GBP', '-£11.60'],
  ] as const)('%s: %s minor units of %s are %s', (language, minor, currency, text) => {
    expect(moneyText(language, minor, currency).replace(/\u00a0/g, ' ')).toBe(text)
  })
})

describe('dates', () => {
  const at = Date.parse('2026-12-03T15:30:00Z')

  it('are the institution’s, not the machine’s', () => {
    expect([dateText('ko', 'Asia/Seoul', at), dateText('en', 'Europe/London', at)]).toEqual(['2026년 12월 4일', '3 December 2026'])
    expect([timeText('ko', 'Asia/Seoul', at), timeText('en', 'Europe/London', at)]).toEqual([
      '2026년 12월 4일 00:30',
      '3 December 2026, 15:30',
    ])
    expect([dayText('ko', 'Asia/Seoul', at), dayText('en', 'Europe/London', at)]).toEqual(['12월 4일 (금)', 'Thu 3 December'])
  })

  it('count days by the calendar', () => {
    const midnight = Date.parse('2026-12-03T15:00:00Z')
    expect(daysUntil(midnight, midnight - 1, 'Asia/Seoul')).toBe(1)
    expect(daysUntil(midnight, midnight + 86_399_999, 'Asia/Seoul')).toBe(0)
    expect(daysUntil(midnight, midnight + 86_400_000, 'Asia/Seoul')).toBe(-1)
  })

  it('are told in hours when they are close', () => {
    expect([26 * 60, 90, 119, 120, 1].map((minutes) => soonText('en', at + minutes * 60_000, at))).toEqual([
      'In 26 hours',
      'In 2 hours',
      'In 2 hours',
      'In 2 hours',
      'In 1 minute',
    ])
    expect(soonText('ko', at + 26 * 3_600_000, at)).toBe('26시간 후')
    expect(soonText('en', at + 49 * 3_600_000, at)).toBeNull()
  })
})

describe('masks', () => {
  it.each([
    ['haneul@example.kr', 'h***@example.kr'],
    ['a@b.kr', 'a***@b.kr'],
    ['한글@example.kr', '한***@example.kr'],
    ['talk:8f3c0a21', '***21'],
    ['short', '***'],
    ['@', '***'],
  ])('%s is shown as %s', (address, masked) => expect(maskAddress(address)).toBe(masked))
})

describe('networks', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s belongs to %s', (ip, network) => expect(networkOf(ip)).toBe(network))
})

describe('texts', () => {
  const shapeOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, inner]) => [key, shapeOf(inner)])
            .sort(),
        )
      : typeof value

  it('are the same in both languages, also where the compiler sees only a record', () => {
    expect(shapeOf(en)).toEqual(shapeOf(ko))
  })

  it('are all there', () => {
    const empty = (value: unknown): boolean =>
      typeof value === 'object' && value !== null ? Object.values(value).some(empty) : value === ''
    expect([empty(ko), empty(en)]).toEqual([false, false])
  })
})

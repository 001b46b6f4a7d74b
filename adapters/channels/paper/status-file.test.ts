import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { spoilt, valueOrRefusal } from '../../../test/support/spoilt.ts'
import { readStatusFile, STATUS_HEADER } from './status-file.ts'
import { REASONS, STATUSES } from './statuses.ts'

const NOW = Date.parse('2026-11-24T09:00:00Z')
const file = (...lines: string[]): string => [STATUS_HEADER, ...lines, ''].join('\n')
const DATE = '2026-11-23T10:15:00+09:00'

describe('a status file', () => {
  it.each(Object.entries(STATUSES).filter(([, level]) => level !== 'returned'))('means by %s: %s', (status, level) => {
    expect(readStatusFile(file(`dlv_1,${status},,${DATE}`), NOW)).toMatchObject([
      { key: 'dlv_1', receipt: { level, at: Date.parse(DATE), reference: 'dlv_1' } },
    ])
  })

  it.each(Object.entries(REASONS))('gives %s as the reason %s', (word, reason) => {
    expect(readStatusFile(file(`dlv_1,returned,${word},${DATE}`), NOW)).toMatchObject([{ receipt: { level: 'returned', reason } }])
  })

  it('has an id for each line, the same when the line comes again in another file', () => {
    const [a, b] = readStatusFile(file(`dlv_1,posted,,${DATE}`, `dlv_2,posted,,${DATE}`), NOW)
    const [again] = readStatusFile(file(`dlv_2,posted,,${DATE}`), NOW)
    expect(a?.eventId).not.toBe(b?.eventId)
    expect(again).toEqual(b)
  })

  it('may have a byte order mark and lines that end as on Windows', () => {
    expect(readStatusFile(`\ufeff${file(`dlv_1,posted,,${DATE}`).replaceAll('\n', '\r\n')}`, NOW)).toHaveLength(1)
  })

  it.each([
    ['nothing', '', 1],
    ['another header', 'key;status;reason;date\n', 1],
    ['an unknown status', file(`dlv_1,posted,,${DATE}`, `dlv_2,lost,,${DATE}`), 3],
    ['a status from an object', file(`dlv_1,constructor,,${DATE}`), 2],
    ['a return without a reason', file(`dlv_1,returned,,${DATE}`), 2],
    ['a reason that is none', file(`dlv_1,returned,toString,${DATE}`), 2],
    ['a reason without a return', file(`dlv_1,delivered,moved,${DATE}`), 2],
    ['a field too few', file('dlv_1,posted'), 2],
    ['a field too many', file(`dlv_1,posted,,${DATE},x`), 2],
    ['no key', file(`,posted,,${DATE}`), 2],
    ['a key that is a path', file(`../etc,posted,,${DATE}`), 2],
    ['a date without a zone', file('dlv_1,posted,,2026-11-23T10:15:00'), 2],
    ['a day that is not in the calendar', file('dlv_1,posted,,2026-13-45T10:15:00Z'), 2],
    ['tomorrow', file('dlv_1,posted,,2026-11-25T09:00:00Z'), 2],
    ['an empty line in between', file('', `dlv_1,posted,,${DATE}`), 2],
    ['too many lines', file(...Array.from({ length: 5_001 }, (_, index) => `dlv_${index},posted,,${DATE}`)), 5_002],
  ])('is refused with %s, naming the line', (_, text, line) => {
    expect(() => readStatusFile(text, NOW)).toThrow(
      expect.objectContaining({ code: 'report_malformed', message: expect.stringMatching(new RegExp(`^Line ${line} `)) }),
    )
  })

  it('may be anything: it is read or refused, never anything else', () => {
    const good = Buffer.from(file(`dlv_1,posted,,${DATE}`, `dlv_2,returned,moved,${DATE}`))
    fc.assert(
      fc.property(spoilt(good), (bytes) => void valueOrRefusal(() => readStatusFile(bytes.toString('utf8'), NOW))),
      { numRuns: 500 },
    )
  })
})

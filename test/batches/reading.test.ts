import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { readAmount } from '../../batches/amounts.ts'
import { DATE_FORMATS, type DateFormat, readDate } from '../../batches/dates.ts'
import { plainDecimal } from '../../batches/xlsx/numbers.ts'
import { GojiError } from '../../domain/errors.ts'
import { formatAmount } from '../../domain/money.ts'
import { workbook } from '../support/workbook.ts'
import { HEADER, readAll, reading } from './files.ts'

/** Text of a cell that keeps every encoding: Hangul, Latin, and what CSV has to quote. */
const words = fc
  .array(fc.constantFrom('가', '힣', '똠', 'a', 'Z', '7', ',', ';', '"', '\n', '.', '-', ' ', '=', '원'), { minLength: 1, maxLength: 12 })
  .map((chars) => `x${chars.join('')}x`)
const day = fc.integer({ min: 1, max: 40_000 }).map((days) => new Date(Date.UTC(1970, 0, 1 + days)).toISOString().slice(0, 10))
interface Line {
  readonly citizen: string
  readonly title: string
  readonly minor: bigint
  readonly due: string
  readonly note: string
}
const lines = fc.array(
  fc.record<Line>({
    citizen: words.filter((text) => !text.includes('\n')),
    title: words.filter((text) => !text.includes('\n')),
    minor: fc.bigInt({ min: 1n, max: 9_000_000_000_000n }),
    due: day,
    note: fc.oneof(
      fc.constant(''),
      words.filter((text) => !text.includes('\n')),
    ),
  }),
  { maxLength: 20 },
)

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
const csv = (rows: readonly (readonly string[])[], delimiter: string, end: string): string =>
  rows.map((cells) => cells.map(quoted).join(delimiter)).join(end)

const grouped = (text: string, comma: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, comma)
const dated: Record<DateFormat, (day: string) => string> = {
  'YYYY-MM-DD': (text) => text,
  'YYYY.MM.DD': (text) => text.replaceAll('-', '.'),
  'YYYY/MM/DD': (text) => text.replaceAll('-', '/'),
  YYYYMMDD: (text) => text.replaceAll('-', ''),
  'DD/MM/YYYY': (text) => text.split('-').reverse().join('/'),
  'DD.MM.YYYY': (text) => text.split('-').reverse().join('.'),
  'MM/DD/YYYY': (text) => text.replace(/(\d+)-(\d+)-(\d+)/, '$2/$3/$1'),
  'YYYY년 M월 D일': (text) => {
    const [year, month, date] = text.split('-')
    return `${year}년 ${Number(month)}월 ${Number(date)}일`
  },
}

/** What must come out, whatever the file looked like. */
const bodiesOf = (table: readonly Line[]): unknown[] =>
  table.map(({ citizen, title, minor, due, note }, index) => ({
    row: index + 2,
    problems: [],
    body: {
      billNumber: `N-${index}`,
      policy: 'tax',
      title,
      amount: { amount: String(minor), currency: 'KRW' },
      dueDate: due,
      details: note === '' ? [] : [{ label: '비고', value: note }],
      citizen: { identifier: citizen, name: '김하늘', language: 'ko', contacts: [] },
    },
  }))

describe('a table', () => {
  const formats = fc.record({
    date: fc.constantFrom(...DATE_FORMATS),
    amount: fc.constantFrom('plain', '1,234.50', '1.234,50'),
    sign: fc.constantFrom('', '₩', '원'),
    encoding: fc.constantFrom('utf-8', 'utf-8 with a mark', 'cp949'),
    stated: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n'),
  })

  it('is the same rows from a CSV file in every encoding, separator, date and number format', async () => {
    await fc.assert(
      fc.asyncProperty(lines, formats, async (table, { date, amount, sign, encoding, stated, delimiter, end }) => {
        const money = (minor: bigint): string => {
          if (amount === 'plain') return String(minor)
          const text = grouped(String(minor), amount === '1,234.50' ? ',' : '.')
          const front = sign === '₩' && encoding === 'cp949' ? '￦' : sign
          return sign === '원' ? `${text}원` : front + text
        }
        const rows = table.map((line, index) => [
          `N-${index}`,
          line.citizen,
          '김하늘',
          line.title,
          money(line.minor),
          dated[date](line.due),
          line.note,
        ])
        const text = csv([HEADER, ...rows], delimiter, end)
        const bytes = encoding === 'cp949' ? iconv.encode(text, 'cp949') : Buffer.from(encoding === 'utf-8' ? text : `\ufeff${text}`)
        const how = reading({
          dateFormat: date,
          amountFormat: amount,
          delimiter,
          encoding: stated ? (encoding === 'cp949' ? 'euc-kr' : 'utf-8') : 'auto',
        })
        expect(await readAll(bytes, how)).toEqual(bodiesOf(table))
      }),
      { numRuns: 150 },
    )
  })

  it('is the same rows from a workbook, with days and amounts as Excel keeps them', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (table) => {
        const rows = table.map(({ citizen, title, minor, due, note }, index) => [
          `N-${index}`,
          citizen,
          '김하늘',
          title,
          { number: String(minor) },
          { day: Date.parse(due) / 86_400_000 + 25_569 },
          note,
        ])
        expect(await readAll(workbook([HEADER, ...rows]), reading())).toEqual(bodiesOf(table))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a file of anything', () => {
  const never = async (bytes: Buffer): Promise<void> => {
    try {
      await readAll(bytes, reading({ columns: { billNumber: 'a', citizen: 'a', title: 'a', amount: 'a' } }))
    } catch (error) {
      if (!(error instanceof GojiError)) throw error
    }
  }
  it('is read or refused in our own words, never anything else', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array)),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(`a\n${text}`)),
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.concat([Buffer.from('PK\u0003\u0004'), array])),
    )
    await fc.assert(fc.asyncProperty(bytes, never), { numRuns: 400 })
  })
  it('may be a workbook with any byte of it changed', async () => {
    const good = workbook([['a'], ['1']])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: good.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bad = Buffer.from(good)
        bad[at] = value
        return never(bad)
      }),
      { numRuns: 400 },
    )
  })
})

describe('an amount', () => {
  it('is exactly what was typed, in each format and in a number cell, or refused', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_000_000_000_000n }), fc.constantFrom('GBP', 'KRW', 'KWD'), (minor, currency) => {
        const amount = formatAmount({ minor, currency })
        const [whole = '', fraction] = amount.split('.')
        const point = (comma: string, dot: string): string => grouped(whole, comma) + (fraction === undefined ? '' : dot + fraction)
        const base = { currency, decimals: 'exact' } as const
        expect(readAmount(amount, { ...base, amountFormat: 'plain' })).toEqual({ amount })
        expect(readAmount(point(',', '.'), { ...base, amountFormat: '1,234.50' })).toEqual({ amount })
        expect(readAmount(point('.', ','), { ...base, amountFormat: '1.234,50' })).toEqual({ amount })
        expect(readAmount({ kind: 'number', text: plainDecimal(amount) ?? '' }, { ...base, amountFormat: 'plain' })).toEqual({ amount })
      }),
    )
  })

  it.each([
    ['1,23.00', '1,234.50', 'GBP'],
    ['1,2345.00', '1,234.50', 'GBP'],
    ['1.234,50', '1,234.50', 'GBP'],
    ['£1,234', '1,234.50', 'GBP'],
    ['€5.00', '1,234.50', 'GBP'],
    ['(5.00)', '1,234.50', 'GBP'],
    ['5.001', '1,234.50', 'GBP'],
    ['1,234.50', '1.234,50', 'GBP'],
    ['1.00', '1,234.50', 'KRW'],
    ['₩1,234', 'plain', 'KRW'],
    ['1e3', '1,234.50', 'KRW'],
    ['１２３', '1,234.50', 'KRW'],
  ] as const)('%s is refused as %s in %s', (text, amountFormat, currency) => {
    expect(readAmount(text, { amountFormat, decimals: 'exact', currency })).toMatchObject({ code: 'amount_malformed' })
  })

  it('of a float that went wrong is refused, not rounded', () => {
    const number = (text: string): unknown =>
      readAmount({ kind: 'number', text: plainDecimal(text) ?? '' }, { amountFormat: 'plain', decimals: 'exact', currency: 'GBP' })
    expect(number('11.600000000000001')).toMatchObject({ code: 'amount_malformed' })
    expect(number('11.6')).toEqual({ amount: '11.60' })
    expect(number('1.16E1')).toEqual({ amount: '11.60' })
    expect(number('5')).toEqual({ amount: '5.00' })
  })

  it('may be filled up where the mapping says so', () => {
    const how = { amountFormat: '1,234.50', decimals: 'upTo', currency: 'GBP' } as const
    expect(readAmount('£1,234', how)).toEqual({ amount: '1234.00' })
    expect(readAmount('11.6', { ...how, amountFormat: 'plain' })).toEqual({ amount: '11.60' })
    expect(readAmount('11.601', how)).toMatchObject({ code: 'amount_malformed' })
  })
})

describe('a day', () => {
  it.each([
    ['2026년 1월 2일', 'YYYY년 M월 D일', '2026-01-02'],
    ['2026년 01월 02일', 'YYYY년 M월 D일', '2026-01-02'],
    ['2026. 1. 2.', 'YYYY.MM.DD', '2026-01-02'],
    ['2026.01.02', 'YYYY.MM.DD', '2026-01-02'],
    ['30/02/2026', 'DD/MM/YYYY', null],
    ['1/2/2026', 'DD/MM/YYYY', null],
    ['2026-13-01', 'YYYY-MM-DD', null],
    ['29/02/2024', 'DD/MM/YYYY', '2024-02-29'],
  ] as const)('%s as %s', (text, format, expected) => {
    expect(readDate(text, format)).toBe(expected)
  })
})

import { describe, expect, it } from '@jest/globals'
import { isDateFormat } from '../../batches/xlsx/styles.ts'
import { workbook, workbookParts } from '../support/workbook.ts'
import { zip } from '../support/zip.ts'
import { HEADER, readAll, reading, refusalOf } from './files.ts'

const good = ['N-1', 'P-1', '김하늘', '자동차세', { number: '128500' }, { day: 46_023 }, '']
const column = (at: number, cell: unknown): unknown[] => good.map((one, index) => (index === at ? cell : one))
const book = (...rows: readonly unknown[]): Buffer => workbook([HEADER, ...rows] as never)

async function problemOf(row: unknown): Promise<unknown> {
  const [read] = await readAll(book(row), reading())
  return read?.problems.map(({ code, column: title, message }) => `${title}: ${code}: ${message}`)
}

describe('a cell of a workbook', () => {
  it('is a day by its format, whatever the language of the format', async () => {
    expect((await readAll(book(good), reading()))[0]?.body?.dueDate).toBe('2026-01-01')
    expect(isDateFormat('yyyy"년" m"월" d"일"')).toBe(true)
    expect(isDateFormat('[$-412]d\\/mmm')).toBe(true)
    expect(isDateFormat('#,##0.00" days"')).toBe(false)
    expect(isDateFormat('[Red]#,##0;[h]:mm')).toBe(false)
    expect(isDateFormat('mm:ss')).toBe(false)
  })

  it('counts the days that Excel counts, also those of the old Macintosh', async () => {
    const days = async (serial: number, changes: Readonly<Record<string, string>> = {}): Promise<unknown> => {
      const rows = [HEADER, column(6, { day: serial })] as never
      return (await readAll(workbook(rows, changes), reading()))[0]?.body?.details?.[0]?.value
    }
    expect(await days(1)).toBe('1900-01-01')
    expect(await days(59)).toBe('1900-02-28')
    expect(await days(61)).toBe('1900-03-01')
    expect(await days(45_000.5)).toBe('2023-03-15 12:00:00')
    const parts = workbookParts([HEADER])
    const of1904 = { 'xl/workbook.xml': (parts['xl/workbook.xml'] ?? '').replace('<sheets>', '<workbookPr date1904="1"/><sheets>') }
    expect(await days(0, of1904)).toBe('1904-01-01')
  })

  it.each([
    ['a day that never was', column(5, { day: 60 }), '납기: value_invalid: "60" is not a day that Excel can show. Type it again.'],
    ['a day with a time', column(5, { day: 46_023.25 }), '납기: value_invalid: "2026-01-01 06:00:00" is not a date.'],
    [
      'a number of more digits than Excel keeps',
      column(0, { number: '1.2345678901234568E+18' }),
      '고지번호: value_invalid: "1234567890123456800" has more digits than Excel keeps of a number. Format the column as text and type it again.',
    ],
    [
      'a formula that failed',
      column(4, { raw: '<c r="@" t="e"><v>#REF!</v></c>' }),
      '금액: value_invalid: "#REF!" is a formula that failed.',
    ],
    [
      'an amount that is no amount',
      column(4, { number: '0.30000000000000004' }),
      '금액: amount_malformed: "0.30000000000000004" cannot be read.',
    ],
    ['a number for a day', column(5, { number: '46023' }), '납기: value_invalid: "46023" is not a date.'],
    ['less than nothing', column(4, { number: '-5' }), '금액: amount_not_positive: "-5" is not above zero.'],
  ])('refuses %s by its column', async (_, row, expected) => {
    const problems = (await problemOf(row)) as string[]
    expect(problems).toHaveLength(1)
    expect(problems[0]?.startsWith(expected)).toBe(true)
  })

  it('may be a formula with a text, a text in place, rich, or with a reading beside it', async () => {
    const inline = column(3, { raw: '<c r="@" t="inlineStr"><is><r><t>자동</t></r><r><t>차세</t></r><rPh><t>x</t></rPh></is></c>' })
    const formula = column(3, { raw: '<c r="@" t="str"><f>A1&amp;"세"</f><v>자동차세</v></c>' })
    for (const row of [inline, formula]) expect((await readAll(book(row), reading()))[0]?.body?.title).toBe('자동차세')
  })

  it('that is a whole number stays one in a text', async () => {
    const [read] = await readAll(book(column(0, { number: '20261100123' })), reading())
    expect(read?.body?.billNumber).toBe('20261100123')
  })
})

describe('a workbook', () => {
  it('counts rows as Excel shows them and leaves empty ones out', async () => {
    const rows = await readAll(book(good, [], ['', ''], good), reading())
    expect(rows.map(({ row }) => row)).toEqual([2, 5])
  })

  it('may have a title above its header, and says where the header is missing', async () => {
    const bytes = workbook([['2026년 고지 명세'], [], HEADER, good] as never)
    expect(await readAll(bytes, reading({ headerRow: 3 }))).toHaveLength(1)
    expect(await refusalOf(bytes)).toMatch(/^bills_header_wrong: bills, row 1: the columns "비고" \(columns\/details\/0\)/)
  })

  it('is refused where it has no such sheet, a part is missing, has a document type, or is cut off', async () => {
    expect(await refusalOf(book(good), reading({ sheet: '명세' }))).toBe('bills_sheet_unknown: bills has no sheet "명세". It has: "고지".')
    const parts = workbookParts([HEADER])
    const { 'xl/worksheets/sheet1.xml': sheet = '', ...rest } = parts
    expect(await refusalOf(zip(rest))).toMatch(/^bills_file_malformed: .*the part xl\/worksheets\/sheet1.xml is missing/)
    const entity = sheet.replace('<worksheet', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet')
    expect(await refusalOf(zip({ ...parts, 'xl/worksheets/sheet1.xml': entity }))).toMatch(/^bills_file_malformed: .* document type/)
    expect(await refusalOf(book(good).subarray(0, -40))).toMatch(/^bills_file_malformed: /)
    expect(await refusalOf(zip({ ...parts, 'xl/worksheets/sheet1.xml': sheet.slice(0, -30) }))).toMatch(/^bills_file_malformed: /)
  })

  it('is refused by the size that it would unpack to, before it is unpacked', async () => {
    const parts = { ...workbookParts([HEADER]), 'xl/sharedStrings.xml': ' '.repeat(97 * 1024 * 1024) }
    expect(await refusalOf(zip(parts))).toMatch(
      /^bills_file_too_large: bills is too large a workbook: xl\/sharedStrings.xml has more than 96 MiB/,
    )
  })
})

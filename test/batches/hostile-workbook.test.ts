import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isDateFormat } from '../../batches/xlsx/styles.ts'
import { GojiError } from '../../domain/errors.ts'
import { spoilt } from '../support/spoilt.ts'
import { workbookParts } from '../support/workbook.ts'
import { zip } from '../support/zip.ts'
import { readAll, reading, refusalOf } from './files.ts'

const MIB = 1024 * 1024
const parts = workbookParts([['고지번호'], ['B-1']])
const SHEET = 'xl/worksheets/sheet1.xml'
const STYLES = 'xl/styles.xml'
const STRINGS = 'xl/sharedStrings.xml'
const withSheet = (rows: string): Buffer =>
  zip({ ...parts, [SHEET]: (parts[SHEET] ?? '').replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`) })
const withPart = (name: string, from: string | RegExp, to: string): Buffer =>
  zip({ ...parts, [name]: (parts[name] ?? '').replace(from, to) })

describe('a workbook that is a few bytes and would fill the memory', () => {
  it.each<[string, () => Buffer, RegExp]>([
    [
      'one text of 60 MiB',
      () => withSheet(`<row r="1"><c r="A1" t="str"><v>${'a'.repeat(60 * MIB)}</v></c></row>`),
      /without the end of a tag/,
    ],
    [
      'one text in many pieces',
      () => withSheet(`<row r="1"><c r="A1" t="str"><v>${`${'a'.repeat(1_000)}<!---->`.repeat(200)}</v></c></row>`),
      /more than 100000 char/,
    ],
    [
      'one shared text of 2 MiB',
      () => withPart(STRINGS, '<t xml:space="preserve">', `<t>${'a'.repeat(2 * MIB)}`),
      /without the end of a tag|100000 char/,
    ],
    ['an attribute of 2 MiB', () => withSheet(`<row r="1" x="${'a'.repeat(2 * MIB)}"></row>`), /without the end of a tag/],
    ['elements in each other', () => withSheet('<a>'.repeat(10_000)), /nested more than 64 deep/],
    ['a row of a million cells', () => withSheet(`<row r="1">${'<c/>'.repeat(1_000_000)}</row>`), /more than 16384 cells/],
  ])('is refused: %s', async (_, file, words) => {
    expect(await refusalOf(file())).toMatch(words)
  })

  it.each([
    ['of no number', '<row r="x"/>'],
    ['below one', '<row r="0"/>'],
    ['between two', '<row r="1.5"/>'],
    ['beyond the last', '<row r="1048577"/>'],
    ['beyond what a database counts', '<row r="99999999999"/>'],
    ['twice', '<row r="2"><c r="A2" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>b</v></c></row>'],
  ])('is refused where it has a row %s', async (_, rows) => {
    expect(await refusalOf(withSheet(rows))).toMatch(/^bills_file_malformed: .*it has a row/)
  })

  it('is not looked through for long where its formats are long', () => {
    for (const code of ['['.repeat(MIB), '"'.repeat(MIB), `y${'_'.repeat(MIB)}`]) expect(isDateFormat(code)).toBe(false)
  })
})

it('is read or refused, whatever stands in any part of it', async () => {
  const names = fc.constantFrom(SHEET, STYLES, STRINGS, 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', '_rels/.rels')
  const any = names.chain((name) => spoilt(Buffer.from(parts[name] ?? '')).map((bytes) => zip({ ...parts, [name]: bytes } as never)))
  const how = reading({ columns: { billNumber: '고지번호', citizen: '고지번호', title: '고지번호', amount: '고지번호' } })
  await fc.assert(
    fc.asyncProperty(any, async (bytes) => {
      try {
        await readAll(bytes, how)
      } catch (error) {
        expect(error).toBeInstanceOf(GojiError)
      }
    }),
    { numRuns: 200 },
  )
}, 120_000)

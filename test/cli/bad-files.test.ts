import { describe, expect, it } from '@jest/globals'
import { GojiError } from '../../domain/errors.ts'
import { checkFile } from '../../cli/run/check-file.ts'
import { GOOD, HEADER, mapping, written } from './files.ts'

/** The words with which a file is refused. */
async function refusal(content: string | Buffer, changes?: Readonly<Record<string, unknown>>): Promise<string> {
  const error = await checkFile(written(content), mapping(changes)).then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof GojiError)) throw error as Error
  return `${error.code}: ${error.message}`
}

const file = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`
const row = (message: string): string =>
  `bills_invalid: bills.csv was not loaded, nothing was sent: 1 row of it is wrong.\n  row 2, ${message}`

describe('a row that cannot be loaded is told by its number, its field and the remedy', () => {
  const cases: readonly (readonly [what: string, row: string, message: string])[] = [
    [
      'no such day',
      'Bristol,B-1,LW-1,30/02/2021,Lost item,Central,5.00',
      'Date: "30/02/2021" is not a date. Write it as DD/MM/YYYY, such as 31/01/2021.',
    ],
    [
      'another date format',
      'Bristol,B-1,LW-1,2021-02-01,Lost item,Central,5.00',
      'Date: "2021-02-01" is not a date. Write it as DD/MM/YYYY, such as 31/01/2021.',
    ],
    ['no date', 'Bristol,B-1,LW-1,,Lost item,Central,5.00', 'Date: "" is not a date. Write it as DD/MM/YYYY, such as 31/01/2021.'],
    [
      'a decimal comma',
      'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,"5,00"',
      'Amount: "5,00" cannot be read. An amount in GBP is a decimal string with exactly 2 digits after the point, such as "11.60".',
    ],
    [
      'too few digits',
      'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,5',
      'Amount: "5" cannot be read. An amount in GBP is a decimal string with exactly 2 digits after the point, such as "11.60".',
    ],
    [
      'a currency sign',
      'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,£5.00',
      'Amount: "£5.00" cannot be read. An amount in GBP is a decimal string with exactly 2 digits after the point, such as "11.60".',
    ],
    [
      'nothing owed',
      'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,0.00',
      'Amount: "0.00" is not above zero. Take the row out if nothing is owed.',
    ],
    [
      'a credit',
      'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,-5.00',
      'Amount: "-5.00" is not above zero. Take the row out if nothing is owed.',
    ],
    [
      'no amount',
      'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,',
      'Amount: is empty. Write the amount, or set emptyAmount to "notice" in the mapping where a bill may ask for none.',
    ],
    [
      'an unknown institution',
      'Bath,B-1,LW-1,01/02/2021,Lost item,Central,5.00',
      `Authority: "Bath" is not an institution of the mapping. Correct it, or add it to the mapping's institutions.`,
    ],
    ['no bill number', 'Bristol,,LW-1,01/02/2021,Lost item,Central,5.00', 'Number: is empty. Fill it in or take the row out.'],
    [
      'a long bill number',
      `Bristol,${'9'.repeat(65)},LW-1,01/02/2021,Lost item,Central,5.00`,
      'Number: is longer than 64 characters. Shorten it.',
    ],
    ['no citizen', 'Bristol,B-1,,01/02/2021,Lost item,Central,5.00', 'User: is empty. Fill it in or take the row out.'],
    [
      'a long detail',
      `Bristol,B-1,LW-1,01/02/2021,Lost item,${'x'.repeat(501)},5.00`,
      'Library: is longer than 500 characters. Shorten it.',
    ],
    [
      'a card number',
      'Bristol,B-1,LW-1,01/02/2021,4111 1111 1111 1111,Central,5.00',
      'Reason: The text looks as if it had a card number in it. Card numbers are never taken here.',
    ],
    [
      'a character that hides',
      'Bristol,B-1,LW-1,01/02/2021,Lost\u202eitem,Central,5.00',
      'Reason: The text is empty or has control, bidirectional or invisible characters. Leave them out.',
    ],
    ['a cell too many', `${GOOD},x`, 'the row: has 8 cells where the header has 7. Put cells that hold the delimiter in quotes.'],
    ['a cell too few', 'Bristol,B-1', 'the row: has 2 cells where the header has 7. Put cells that hold the delimiter in quotes.'],
  ]
  it.each(cases)('%s', async (_what, line, message) => {
    expect(await refusal(file(line))).toBe(row(message))
  })

  it('another currency than the mapping has', async () => {
    const columns = {
      institution: 'Authority',
      billNumber: 'Number',
      citizen: 'User',
      title: 'Reason',
      amount: 'Amount',
      currency: 'Library',
    }
    expect(await refusal(file('Bristol,B-1,LW-1,01/02/2021,Lost item,EUR,5.00'), { columns })).toBe(
      row(`Library: "EUR" is not the mapping's currency. Write GBP, or load bills in another currency from a file of their own.`),
    )
  })

  it('a bill number that is there already, of the same institution only', async () => {
    const other = GOOD.replace('Bristol', 'Dorset')
    expect(await refusal(file(GOOD, other, GOOD))).toBe(
      'bills_invalid: bills.csv was not loaded, nothing was sent: 1 row of it is wrong.\n  row 4, Number: "B-1" stands in row 2 already. Give the bill its own number or take the row out.',
    )
  })

  it('all of several mistakes, up to ten, with blank lines counted', async () => {
    const bad = 'Bristol,B-1,LW-1,01/02/2021,Lost item,Central,x'
    const said = await refusal(file('', bad, ...Array.from({ length: 20 }, () => 'Bath,,LW-1,x,Lost item,Central,y')))
    expect(said.split('\n').slice(0, 3)).toEqual([
      'bills_invalid: bills.csv was not loaded, nothing was sent: 21 rows of it are wrong.',
      '  row 3, Amount: "x" cannot be read. An amount in GBP is a decimal string with exactly 2 digits after the point, such as "11.60".',
      `  row 4, Authority: "Bath" is not an institution of the mapping. Correct it, or add it to the mapping's institutions.`,
    ])
    expect(said.split('\n')).toHaveLength(12)
    expect(said.endsWith('\n  …')).toBe(true)
  })
})

describe('a file that is none of bills', () => {
  it('names the columns that are missing, what they are for and those that are there', async () => {
    expect(await refusal('Authority,Number,Date,Reason,Library,Sum\n')).toBe(
      'bills_header_wrong: bills.csv, row 1: the columns "User" (columns/citizen), "Amount" (columns/amount) are not there. ' +
        'The file has: "Authority", "Number", "Date", "Reason", "Library", "Sum". Correct the file or the mapping\'s columns.',
    )
  })

  it('guesses another delimiter', async () => {
    expect(await refusal(file(GOOD).replaceAll(',', ';'))).toMatch(/The mapping may name another delimiter than the file has\.$/)
  })

  it('refuses a column that is there twice', async () => {
    expect(await refusal(`${HEADER},Amount\n`)).toBe(
      'bills_header_wrong: bills.csv, row 1: the column "Amount" is there twice. Rename one of them.',
    )
  })

  it('is empty, or has a header alone', async () => {
    expect(await refusal('')).toBe('bills_file_empty: bills.csv is empty. It needs a header and a row for each bill.')
    expect(await refusal(`${HEADER}\n`)).toBe('bills_file_empty: bills.csv has a header and no bills. Add a row for each bill.')
  })

  it('is neither UTF-8 nor CP949, in its third line', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\n${GOOD}\nBristol,B-2,LW-1,01/02/2021,Lost item,Caf`),
      Buffer.of(0xe9),
      Buffer.from(',5.00\n'),
    ])
    expect(await refusal(bytes)).toBe(
      'bills_file_encoding: bills.csv, line 3: the text is neither UTF-8 nor CP949. Save the file as "CSV UTF-8"; it may be in Windows-1252 now.',
    )
  })

  it('is UTF-16, no workbook though it begins like one, an old one, or holds bytes that no text has', async () => {
    expect(await refusal(Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'))).toBe(
      'bills_file_encoding: bills.csv is in UTF-16. Save the file as "CSV UTF-8".',
    )
    expect(await refusal(Buffer.of(0x50, 0x4b, 0x03, 0x04, 0, 0))).toMatch(
      /^bills_file_malformed: bills\.csv is not an Excel workbook that can be read \(.*\)\. Open it in Excel and save it as \.xlsx again\.$/,
    )
    expect(await refusal(Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0))).toBe(
      'bills_file_binary: bills.csv is a workbook of the old kind (.xls). Save it as .xlsx, or the sheet as "CSV UTF-8".',
    )
    expect(await refusal(`${HEADER}\n${GOOD}\0\n`)).toBe(
      'bills_file_binary: bills.csv, line 2: the line holds a zero byte, so this is not a text file. Export the table as "CSV UTF-8".',
    )
  })

  it('has a line that never ends: refused at its first 64 KiB', async () => {
    expect(await refusal(Buffer.alloc(8 * 1024 * 1024, 'x'))).toBe(
      'bills_file_binary: bills.csv, line 1: the line is longer than 64 KiB. Check that this is a CSV file and that its line ends are there.',
    )
  })

  it('has a quote that is never closed', async () => {
    expect(await refusal(file('Bristol,B-1,LW-1,01/02/2021,"Lost item,Central,5.00', ...Array.from({ length: 5 }, () => GOOD)))).toBe(
      'bills_file_malformed: bills.csv, row 2: a quote is opened and never closed. Close it, or double it where it belongs to the text.',
    )
    const swallowed = Array.from({ length: 2_000 }, () => GOOD)
    expect(await refusal(file(GOOD, 'Bristol,B-2,LW-1,01/02/2021,"Lost item,Central,5.00', ...swallowed))).toMatch(
      /^bills_file_malformed: bills\.csv, row 3: a quote/,
    )
  })

  it('is not there, or is a folder', async () => {
    await expect(checkFile('no-such-file.csv', mapping())).rejects.toThrow('no-such-file.csv cannot be read (ENOENT). Check the path.')
    await expect(checkFile('.', mapping())).rejects.toThrow('. is not a file. Name a CSV file or an Excel workbook.')
  })
})

describe('a file of bills', () => {
  it('may have a byte order mark, Windows line ends, quotes and blank lines', async () => {
    const text = `\ufeff${HEADER}\r\n"Bristol","B-1",LW-1,01/02/2021,"Lost, twice",Central,5.00\r\n\r\n${GOOD.replace('B-1', 'B-2')}\r\n`
    expect(await checkFile(written(text), mapping())).toEqual({
      bills: 2,
      institutions: new Set(['Bristol']),
      policies: new Set(['charge']),
    })
  })
})

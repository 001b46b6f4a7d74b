import { describe, expect, it } from '@jest/globals'
import iconv from 'iconv-lite'
import { balance, camtFile, type EntrySpec, party } from './camt-files.ts'
import { entriesOf, recordsOf, refusalOf, totalsOf } from './read.ts'

const one = (entry: EntrySpec, version = '08'): string => camtFile({ version, statements: [{ entries: [entry] }] })
const part = (inner: string): string => `<TxDtls>${inner}</TxDtls>`
const amount = (text: string, currency = 'EUR', sign?: string): string =>
  `<Amt Ccy="${currency}">${text}</Amt>${sign === undefined ? '' : `<CdtDbtInd>${sign}</CdtDbtInd>`}`

describe('every version', () => {
  it.each(['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'])(
    'reads camt.053.001.%s and camt.054.001.%s',
    async (version) => {
      for (const kind of ['053', '054'] as const) {
        const file = camtFile({
          kind,
          version,
          statements: [{ entries: [{ amount: '8.85' }] }, { entries: [{ amount: '7', sign: 'DBIT' }] }],
        })
        expect(await totalsOf(file)).toEqual({ statements: 2, entries: 2, by_currency: { EUR: { credit: '8.85', debit: '7.00' } } })
      }
    },
  )

  it.each([
    ['01', 'versions 2 to 13'],
    ['14', 'versions 2 to 13'],
  ])('refuses version %s', async (version, words) => {
    expect((await refusalOf(camtFile({ version }))).message).toContain(words)
  })

  it('reads a file with prefixes, wrapped in an envelope, or without a namespace', async () => {
    const entry = { amount: '8.85' }
    const plain = one(entry)
    const prefixed = plain.replace(/<(\/?)(?!\?)/g, '<$1c:').replace('xmlns=', 'xmlns:c=')
    const wrapped = plain
      .replace('<Document', '<e:Envelope xmlns:e="urn:bank:envelope"><e:Header/><Document')
      .replace('</Document>', '</Document></e:Envelope>')
    const bare = plain.replace(/ xmlns="[^"]+"/, '')
    const blank = `\n  ${plain}`
    const unsaid = plain.replace('<Document', '<Document xsi:schemaLocation="a b"')
    const versioned = plain.replaceAll('BkToCstmrStmt', 'BkToCstmrStmtV02')
    for (const file of [plain, prefixed, wrapped, bare, blank, unsaid, versioned])
      expect(await totalsOf(file)).toEqual({ statements: 1, entries: 1, by_currency: { EUR: { credit: '8.85', debit: '0.00' } } })
  })

  it('leaves what a bank adds in its own namespace alone', async () => {
    const file = one({
      more: '<x:Ntry xmlns:x="urn:bank"><x:Amt Ccy="EUR">1</x:Amt></x:Ntry><SplmtryData><Envlp><Ntry/></Envlp></SplmtryData>',
    })
    expect(await totalsOf(file)).toMatchObject({ entries: 1 })
  })
})

describe('encodings', () => {
  const file = (encoding: string): string =>
    camtFile({ encoding, statements: [{ entries: [{ details: part(party('Müller & Söhne'.replace('&', '&amp;'))) }] }] })
  it.each([
    ['UTF-8', Buffer.from(file('UTF-8'))],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${file('UTF-8')}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${file('UTF-16')}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${file('UTF-16')}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(file('UTF-16'), 'utf16le')],
    ['ISO-8859-1', iconv.encode(file('ISO-8859-1'), 'iso-8859-1')],
    ['Windows-1252', iconv.encode(file('windows-1252'), 'windows-1252')],
    ['UTF-8 that calls itself UTF-16', Buffer.from(file('UTF-16'))],
  ])('reads %s', async (_name, bytes) => {
    const [entry] = await entriesOf(bytes)
    expect(entry?.transactions[0]?.payer.name).toBe('Müller & Söhne')
  })

  it('reads a file in pieces of any size', async () => {
    const { readCamt } = await import('../../formats/camt/read-camt.ts')
    const bytes = Buffer.from(`\ufeff${file('UTF-8')}`)
    const names: unknown[] = []
    for await (const record of readCamt(Array.from(bytes, (byte) => Uint8Array.of(byte))))
      if (record.type === 'entry') names.push(record.entry.transactions[0]?.payer.name)
    expect(names).toEqual(['Müller & Söhne'])
  })

  it.each([
    ['bytes that are not UTF-8', iconv.encode(file('UTF-8'), 'iso-8859-1'), 'not UTF-8'],
    ['UTF-7', Buffer.from(file('UTF-7')), 'The encoding "UTF-7" is not taken'],
  ])('refuses %s', async (_name, bytes, words) => {
    expect((await refusalOf(bytes)).message).toContain(words)
  })
})

describe('amounts', () => {
  it.each([
    ['10.5', 'EUR', 1050n],
    ['10', 'EUR', 1000n],
    ['10.', 'EUR', 1000n],
    ['.5', 'EUR', 50n],
    ['0010.50', 'EUR', 1050n],
    ['10.50000', 'EUR', 1050n],
    ['\n  10.50\n  ', 'EUR', 1050n],
    ['12500', 'KRW', 12500n],
    ['12500.00', 'KRW', 12500n],
    ['1.5', 'KWD', 1500n],
    ['0', 'EUR', 0n],
    ['999999999999999.99', 'EUR', 99_999_999_999_999_999n],
  ])('%j %s is %s', async (text, currency, minor) => {
    const [entry] = await entriesOf(one({ amount: text, currency }))
    expect(entry?.amount).toEqual({ minor, currency })
  })

  it.each([
    ['10.505', 'EUR', 'more digits than the 2'],
    ['12500.5', 'KRW', 'more digits than the 0'],
    ['10,50', 'EUR', 'not an amount'],
    ['-10.50', 'EUR', 'not an amount'],
    ['1e3', 'EUR', 'not an amount'],
    ['', 'EUR', 'not an amount'],
    ['.', 'EUR', 'not an amount'],
    ['１０', 'EUR', 'not an amount'],
    ['10.50', 'XXX', 'the currency "XXX" is not known'],
    ['9999999999999999999', 'EUR', 'over the limit'],
  ])('refuses %j %s', async (text, currency, words) => {
    expect((await refusalOf(one({ amount: text, currency }))).message).toContain(words)
  })

  it("take the account's currency where they name none", async () => {
    const file = one({}).replace('<Ntry><Amt Ccy="EUR">', '<Ntry><Amt>')
    expect((await entriesOf(file))[0]?.amount).toEqual({ minor: 1000n, currency: 'EUR' })
  })
})

describe('an entry', () => {
  it.each([
    ['02', 'BOOK', 'booked'],
    ['08', 'BOOK', 'booked'],
    ['08', 'PDNG', 'pending'],
    ['02', 'INFO', 'information'],
    ['08', 'FUTR', 'other'],
  ])('of version %s with the status %s is %s', async (version, status, expected) => {
    expect((await entriesOf(one({ status }, version)))[0]?.status).toBe(expected)
  })

  it('that is not booked yet counts as an entry, and its amount does not', async () => {
    const file = camtFile({
      statements: [{ entries: [{ amount: '1.00' }, { amount: '2.00', status: 'PDNG' }, { amount: '4.00', status: 'INFO' }] }],
    })
    expect(await totalsOf(file)).toEqual({ statements: 1, entries: 3, by_currency: { EUR: { credit: '1.00', debit: '0.00' } } })
  })

  it('that is a reversal counts on the side on which the bank booked it', async () => {
    const file = one({ sign: 'DBIT', reversal: true })
    expect(await totalsOf(file)).toMatchObject({ by_currency: { EUR: { credit: '0.00', debit: '10.00' } } })
    expect((await entriesOf(file))[0]?.isReversal).toBe(true)
  })

  it.each([
    ['<BookgDt><Dt>2026-11-30</Dt></BookgDt>', '2026-11-30T12:00:00Z'],
    ['<BookgDt><Dt>2026-11-30+09:00</Dt></BookgDt>', '2026-11-30T12:00:00Z'],
    ['<BookgDt><DtTm>2026-11-30T23:30:00</DtTm></BookgDt>', '2026-11-30T12:00:00Z'],
    ['<BookgDt><DtTm>2026-11-30T23:30:00.123456+09:00</DtTm></BookgDt>', '2026-11-30T14:30:00Z'],
    ['<BookgDt><DtTm>2026-11-30T23:30:00Z</DtTm></BookgDt>', '2026-11-30T23:30:00Z'],
  ])('booked on %s', async (more, at) => {
    expect((await entriesOf(one({ booked: null, more })))[0]?.booked).toEqual({ day: '2026-11-30', at: Date.parse(at) })
  })

  it.each(['2026-02-30', '2026-13-01', '30.11.2026', '9999-01-01', '2026-11-30T25:00:00Z', '0001-01-01'])(
    'refuses the date %s',
    async (booked) => {
      expect((await refusalOf(one({ booked }))).message).toContain('is not a date')
    },
  )

  it('may have anything for a value date, and no zone in its colons', async () => {
    const more = '<BookgDt><DtTm>2026-11-30T23:30:00+0900</DtTm></BookgDt><ValDt><Dt>9999-12-31</Dt></ValDt>'
    expect((await entriesOf(one({ booked: null, more })))[0]).toMatchObject({
      booked: { at: Date.parse('2026-11-30T14:30:00Z') },
      value: undefined,
    })
  })

  it('without a date of booking has none', async () => {
    const [entry] = await entriesOf(one({ booked: null, more: '<ValDt><Dt>2026-12-02</Dt></ValDt>' }))
    expect(entry).toMatchObject({ booked: undefined, value: { day: '2026-12-02' } })
  })

  it('treats what is not provided as absent', async () => {
    const details = part('<Refs><EndToEndId>NOTPROVIDED</EndToEndId><InstrId>I-1</InstrId><MndtId>M-1</MndtId></Refs>')
    expect((await entriesOf(one({ details })))[0]?.transactions[0]?.references).toMatchObject({
      endToEndId: undefined,
      instructionId: 'I-1',
      mandateId: 'M-1',
    })
  })

  it.each([
    ['agree', 'their amounts make it up', ['4.00', '6.00'], ['4', '6']],
    ['differ', 'they do not', ['4.00', '5.00'], null],
  ] as const)('and its parts %s where %s', async (parts, _why, amounts, expected) => {
    const [entry] = await entriesOf(one({ amount: '10', details: amounts.map((text) => part(amount(text))).join('') }))
    expect(entry).toMatchObject({ parts, partsGiven: 2 })
    expect(entry?.transactions.map(({ minor }) => minor)).toEqual(expected === null ? [1000n] : expected.map((text) => BigInt(text) * 100n))
  })

  it('stands as one where the amounts of its parts cannot be used', async () => {
    const details = ['3.33333', '6.66667'].map((text) => part(amount(text))).join('')
    expect((await entriesOf(one({ details })))[0]).toMatchObject({ parts: 'none', transactions: [{ minor: 1000n }] })
  })

  it('takes the amounts of parts from where the version has them', async () => {
    const details = ['4.00', '6.00']
      .map((text) => part(`<AmtDtls><InstdAmt><Amt Ccy="USD">9</Amt></InstdAmt><TxAmt>${amount(text)}</TxAmt></AmtDtls>`))
      .join('')
    expect((await entriesOf(one({ details }, '02')))[0]?.transactions.map(({ minor }) => minor)).toEqual([400n, 600n])
  })

  it('may hold parts of both signs', async () => {
    const details = part(amount('15.00', 'EUR', 'CRDT')) + part(amount('5.00', 'EUR', 'DBIT'))
    expect((await entriesOf(one({ details })))[0]?.transactions.map(({ minor, sign }) => [minor, sign])).toEqual([
      [1500n, 'credit'],
      [500n, 'debit'],
    ])
  })

  it('may hold its parts in several details', async () => {
    const file = one({ details: part(amount('4.00')) }).replace('</NtryDtls>', `</NtryDtls><NtryDtls>${part(amount('6.00'))}</NtryDtls>`)
    expect((await entriesOf(file))[0]).toMatchObject({ parts: 'agree', partsGiven: 2 })
  })
})

describe('balances', () => {
  const entries = [{ amount: '8.85' }, { amount: '3.00', sign: 'DBIT' }, { amount: '100.00', status: 'PDNG' }] as const
  it('that add up are taken', async () => {
    expect(await recordsOf(camtFile({ statements: [{ opening: '18.15', closing: '24.00', entries }] }))).toHaveLength(6)
  })

  it('that do not are refused, and both figures are said', async () => {
    const { code, message } = await refusalOf(camtFile({ statements: [{ opening: '18.15', closing: '27.00', entries }] }))
    expect(code).toBe('statement_unbalanced')
    expect(message).toContain('make 24.00 EUR, and its closing balance says 27.00 EUR')
  })

  it.each([
    ['the previous closing one for an opening one', balance('PRCD', '18.15') + balance('CLBD', '24.00')],
    ['an overdrawn account', balance('OPBD', '10.00', 'EUR', 'DBIT') + balance('CLBD', '4.15', 'EUR', 'DBIT')],
    ['interim ones', balance('ITBD', '1.00') + balance('ITBD', '6.85')],
    ['one alone', balance('CLBD', '99.00')],
    ['a closing one in another currency', balance('OPBD', '18.15') + balance('CLBD', '27.00', 'SEK')],
    [
      'those of several currencies',
      balance('OPBD', '0') + balance('OPBD', '5', 'SEK') + balance('CLBD', '5.85') + balance('CLBD', '5', 'SEK'),
    ],
    [
      'a pair for each of several days, the latest first',
      ['<Dt><Dt>2026-12-02</Dt></Dt>', '<Dt><Dt>2026-12-01</Dt></Dt>']
        .map((day, index) =>
          [balance('OPBD', index === 0 ? '3.00' : '0'), balance('CLBD', index === 0 ? '5.85' : '3.00')]
            .join('')
            .replaceAll('<Dt><Dt>2026-11-30</Dt></Dt>', day),
        )
        .join(''),
    ],
    ['available ones, whatever they are', balance('OPBD', '0') + balance('CLBD', '5.85') + balance('CLAV', '1.23456', 'XXX')],
  ])('take %s', async (_name, balances) => {
    expect((await totalsOf(camtFile({ statements: [{ balances, entries }] }))).entries).toBe(3)
  })

  const page = (number: number, isLast: boolean, opening: string, closing: string, sum: string) => ({
    head: `<StmtPgntn><PgNb>${number}</PgNb><LastPgInd>${isLast}</LastPgInd></StmtPgntn>`,
    opening,
    closing,
    entries: [{ amount: sum }],
  })
  it('of a statement over pages are checked page by page, or over all of them', async () => {
    expect(
      await totalsOf(camtFile({ statements: [page(1, false, '0', '1.00', '1.00'), page(2, true, '1.00', '3.00', '2.00')] })),
    ).toMatchObject({ statements: 2 })
    expect(
      await totalsOf(camtFile({ statements: [page(1, false, '0', '3.00', '1.00'), page(2, true, '0', '3.00', '2.00')] })),
    ).toMatchObject({ statements: 2 })
    expect(await totalsOf(camtFile({ statements: [page(2, true, '0', '3.00', '2.00')] }))).toMatchObject({ statements: 1 })
    const { code } = await refusalOf(camtFile({ statements: [page(1, false, '0', '3.00', '1.00'), page(2, true, '0', '3.00', '2.01')] }))
    expect(code).toBe('statement_unbalanced')
  })
})

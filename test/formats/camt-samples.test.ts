import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'
import { recordsOf, refusalOf, totalsOf } from './read.ts'
import { describeIf } from '../support/skip.ts'

const FOLDER = fileURLToPath(new URL('../../../shared/data/statements/', import.meta.url))
const sample = (name: string): Buffer => readFileSync(FOLDER + name)

describeIf(existsSync(FOLDER), `the sample files are not at ${FOLDER}`)('files of a well-known parser', () => {
  it.each([
    ['camt053.v2.minimal.xml', 1, 1, { EUR: { credit: '8.85', debit: '0.00' } }],
    ['camt053.v2.multi.statement.xml', 2, 2, { EUR: { credit: '8.85', debit: '7.00' } }],
    ['camt053.v4.xml', 1, 1, { EUR: { credit: '8.85', debit: '0.00' } }],
    ['camt053.v8.xml', 1, 1, { EUR: { credit: '8.85', debit: '0.00' } }],
    ['camt054.v8.xml', 1, 1, { SEK: { credit: '0.00', debit: '200000.00' } }],
  ])('%s has the sums that stand in it', async (name, statements, entries, sums) => {
    expect(await totalsOf(sample(name))).toEqual({ statements, entries, by_currency: sums })
  })

  it('a message without a statement is refused, and it is said what is missing', async () => {
    expect(await refusalOf(sample('camt053.v2.wrong.xml'))).toEqual({
      code: 'statement_malformed',
      message: 'The file holds no statement (Stmt): there is nothing to book. Ask the bank for the whole file.',
    })
  })

  it('the parts of an entry stand where each version has them', async () => {
    const [message, statement, entry] = await recordsOf(sample('camt053.v8.xml'))
    expect(message).toMatchObject({ message: { kind: 'statement', version: 8, page: { number: 1, isLast: true } } })
    expect(statement).toMatchObject({
      statement: { account: 'NL26VAYB8060476890', electronicSequence: '12312', legalSequence: '12312', page: { number: 2, isLast: true } },
    })
    expect(entry).toMatchObject({
      entry: {
        amount: { minor: 885n, currency: 'EUR' },
        status: 'booked',
        booked: { day: '2014-12-31', at: Date.parse('2014-12-31T13:15:00+01:00') },
        value: { day: '2015-01-02' },
        accountServicerReference: 'AAAASESS-FP-CN_98765/01',
        code: 'PMNT/RCDT/BOOK',
        // The bank gives its one part as "0 SEK": the entry is what was booked.
        parts: 'agree',
        transactions: [
          {
            minor: 885n,
            sign: 'credit',
            payer: { name: 'NAME NAME', account: 'NL56AGDH9619008421' },
            references: { endToEndId: 'MUELL/FINP/RA12345', creditor: ['4654654654654654'], others: ['100'] },
          },
        ],
      },
    })
  })

  it('an entry whose parts are in another currency stands as one', async () => {
    const records = await recordsOf(sample('camt054.v8.xml'))
    expect(records.find(({ type }) => type === 'entry')).toMatchObject({
      entry: { parts: 'none', partsGiven: 3, transactions: [{ minor: 20_000_000n, sign: 'debit' }] },
    })
  })
})

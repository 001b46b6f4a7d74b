import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Currency } from '../../domain/currencies.ts'
import { formatAmount } from '../../domain/money.ts'
import { camtFile, type EntrySpec, type StatementSpec } from './camt-files.ts'
import { refusalOf, totalsOf } from './read.ts'

interface Movement {
  readonly minor: bigint
  readonly sign: 'CRDT' | 'DBIT'
  readonly isBooked: boolean
  readonly parts: readonly bigint[]
}

const CURRENCIES = ['EUR', 'KRW', 'KWD', 'GBP'] as const

const movement: fc.Arbitrary<Movement> = fc
  .record({
    parts: fc.array(fc.bigInt({ min: 0n, max: 10_000_000n }), { minLength: 1, maxLength: 4 }),
    sign: fc.constantFrom('CRDT', 'DBIT'),
    isBooked: fc.boolean(),
  })
  .map(({ parts, ...rest }) => ({ ...rest, parts, minor: parts.reduce((a, b) => a + b, 0n) }))

const account = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  opening: fc.bigInt({ min: -5_000_000n, max: 5_000_000n }),
  movements: fc.array(movement, { maxLength: 6 }),
})
type Account = typeof account extends fc.Arbitrary<infer T> ? T : never

const files = fc.record({
  kind: fc.constantFrom('053', '054'),
  version: fc.constantFrom('02', '04', '08', '13'),
  accounts: fc.array(account, { minLength: 1, maxLength: 4 }),
})

const signedSum = ({ movements }: Account): bigint =>
  movements.filter(({ isBooked }) => isBooked).reduce((sum, { minor, sign }) => sum + (sign === 'CRDT' ? minor : -minor), 0n)

function entryOf({ minor, sign, isBooked, parts }: Movement, currency: Currency): EntrySpec {
  const show = (part: bigint): string => formatAmount({ minor: part, currency })
  const details = parts
    .map((part) => `<TxDtls><AmtDtls><TxAmt><Amt Ccy="${currency}">${show(part)}</Amt></TxAmt></AmtDtls></TxDtls>`)
    .join('')
  return { amount: show(minor), currency, sign, status: isBooked ? 'BOOK' : 'PDNG', details }
}

function statementOf(one: Account, wrongBy = 0n): StatementSpec {
  const { currency } = one
  const bal = (code: string, minor: bigint): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${formatAmount({ minor: minor < 0n ? -minor : minor, currency })}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd></Bal>`
  return {
    currency,
    balances: bal('OPBD', one.opening) + bal('CLBD', one.opening + signedSum(one) + wrongBy),
    entries: one.movements.map((each) => entryOf(each, currency)),
  }
}

it('the totals of any file are those of the movements it was made of', async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ kind, version, accounts }) => {
      const expected: Record<string, { credit: string; debit: string }> = {}
      for (const currency of CURRENCIES) {
        const booked = accounts
          .filter((one) => one.currency === currency)
          .flatMap(({ movements }) => movements.filter(({ isBooked }) => isBooked))
        const sum = (sign: string): string =>
          formatAmount({ minor: booked.filter((each) => each.sign === sign).reduce((total, { minor }) => total + minor, 0n), currency })
        if (booked.length > 0) expected[currency] = { credit: sum('CRDT'), debit: sum('DBIT') }
      }
      expect(await totalsOf(camtFile({ kind, version, statements: accounts.map((one) => statementOf(one)) }))).toEqual({
        statements: accounts.length,
        entries: accounts.reduce((sum, { movements }) => sum + movements.length, 0),
        by_currency: expected,
      })
    }),
    { numRuns: 150 },
  )
})

it('a closing balance that is wrong by any amount is refused', async () => {
  await fc.assert(
    fc.asyncProperty(account, fc.bigInt({ min: 1n, max: 1_000_000n }), async (one, wrongBy) => {
      expect((await refusalOf(camtFile({ statements: [statementOf(one, wrongBy)] }))).code).toBe('statement_unbalanced')
    }),
    { numRuns: 50 },
  )
})

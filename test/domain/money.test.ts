import { describe, expect, it } from '@jest/globals'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { CURRENCIES, exponentOf } from '../../domain/currencies.ts'
import { GojiError } from '../../domain/errors.ts'
import { apportion, formatAmount, MAX_MINOR, money, parseMoney, percentOf, type Rounding, toWire } from '../../domain/money.ts'

const anyMoney = fc.record({ minor: fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }), currency: fc.constantFrom(...CURRENCIES) })

function refusal(amount: string, currency: string): { code: string; pointer: string | undefined } {
  try {
    parseMoney({ amount, currency }, '/amount')
  } catch (error) {
    if (error instanceof GojiError) return { code: error.code, pointer: error.pointer }
    throw error
  }
  throw new Error(`"${amount}" ${currency} was taken`)
}

describe('reading and writing an amount', () => {
  it.each([
    ['12500', 'KRW', 12500n],
    ['0', 'KRW', 0n],
    ['-12500', 'KRW', -12500n],
    ['11.60', 'GBP', 1160n],
    ['0.00', 'GBP', 0n],
    ['0.05', 'GBP', 5n],
    ['-0.05', 'GBP', -5n],
    ['1.234', 'KWD', 1234n],
    // ISO 4217 says two digits here where Intl says none.
    ['1.00', 'HUF', 100n],
    ['9000000000000', 'KRW', MAX_MINOR],
  ] as const)('reads %s %s', (amount, currency, minor) => {
    expect(parseMoney({ amount, currency })).toEqual({ minor, currency })
    expect(formatAmount({ minor, currency })).toBe(amount)
  })

  it('gives back what it wrote, for every amount of every currency', () => {
    fc.assert(fc.property(anyMoney, (amount) => expect(parseMoney(toWire(amount))).toEqual(amount)))
  })

  it('reads only the one way of writing an amount', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789.-+e x')) }),
        fc.constantFrom(...CURRENCIES),
        (amount, currency) => {
          try {
            expect(toWire(parseMoney({ amount, currency })).amount).toBe(amount)
          } catch (error) {
            if (!(error instanceof GojiError)) throw error
          }
        },
      ),
    )
  })

  it.each([
    ['0x10', 'KRW'],
    ['１２', 'KRW'],
    ['+5', 'KRW'],
    ['5e3', 'KRW'],
    [' 5', 'KRW'],
    ['5 ', 'KRW'],
    ['5\n', 'KRW'],
    ['', 'KRW'],
    ['1.5', 'KRW'],
    ['1.00', 'KRW'],
    ['1.', 'KRW'],
    ['012', 'KRW'],
    ['-0', 'KRW'],
    ['1,000', 'KRW'],
    ['1_000', 'KRW'],
    ['NaN', 'KRW'],
    ['Infinity', 'KRW'],
    ['--5', 'KRW'],
    ['٣', 'KRW'],
    ['1'.repeat(400), 'KRW'],
    ['12', 'USD'],
    ['12.3', 'USD'],
    ['12.345', 'USD'],
    ['.50', 'USD'],
    ['12,50', 'USD'],
    ['-0.00', 'USD'],
    ['1.2.3', 'USD'],
    ['1e2.00', 'USD'],
    ['1.00', 'KWD'],
  ])('refuses %j %s', (amount, currency) => {
    expect(refusal(amount, currency)).toEqual({ code: 'amount_malformed', pointer: '/amount/amount' })
  })

  it.each([
    ['9000000000001', 'KRW'],
    ['-9000000000001', 'KRW'],
    ['90000000000.01', 'USD'],
  ])('refuses %s %s as too large', (amount, currency) => {
    expect(refusal(amount, currency)).toEqual({ code: 'amount_too_large', pointer: '/amount/amount' })
  })

  it.each(['krw', 'KR', 'XXX', '', 'toString', '__proto__', 'KRW '])('refuses the currency %j', (currency) => {
    expect(refusal('5', currency)).toEqual({ code: 'currency_unknown', pointer: '/amount/currency' })
  })

  it('knows the currencies without decimals', () => {
    expect(CURRENCIES.filter((currency) => exponentOf(currency) === 0)).toEqual([
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ])
  })
})

describe('a percentage', () => {
  it.each([
    [1050n, '50', 'down', 525n],
    [101n, '50', 'down', 50n],
    [101n, '50', 'up', 51n],
    [101n, '50', 'halfUp', 51n],
    [101n, '50', 'halfEven', 50n],
    [103n, '50', 'halfEven', 52n],
    [333_333n, '0.75', 'down', 2499n],
    // Towards zero, so that a reduction and its correction are mirror images.
    [-101n, '50', 'down', -50n],
    [0n, '3', 'up', 0n],
  ] as const)('takes of %s: %s %%, rounded %s', (minor, percent, rounding, result) => {
    expect(percentOf(minor, percent, rounding)).toBe(result)
  })

  it('is within one unit of the exact value, and exact when the percentage is whole', () => {
    const roundings: Rounding[] = ['down', 'up', 'halfUp', 'halfEven']
    fc.assert(
      fc.property(
        fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR }),
        fc.nat(100_000),
        fc.constantFrom(...roundings),
        (minor, thousandths, rounding) => {
          const percent = new Decimal(thousandths).div(1000).toString()
          const scaled = minor * BigInt(thousandths)
          const error = percentOf(minor, percent, rounding) * 100_000n - scaled
          const size = error < 0n ? -error : error
          expect(size < 100_000n).toBe(true)
          if (rounding === 'halfUp' || rounding === 'halfEven') expect(size <= 50_000n).toBe(true)
          if (scaled % 100_000n === 0n) expect(error).toBe(0n)
        },
      ),
    )
  })
})

describe('splitting an amount', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: MAX_MINOR }), { minLength: 1, maxLength: 40 })
    .filter((all) => all.some((weight) => weight > 0n))
  const total = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR })

  it('loses and invents nothing, and no part is a whole unit away from its fair share', () => {
    fc.assert(
      fc.property(total, weights, (amount, shares) => {
        const parts = apportion(amount, shares)
        const sum = shares.reduce((a, b) => a + b, 0n)
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(amount)
        parts.forEach((part, index) => {
          const error = part * sum - amount * (shares[index] ?? 0n)
          expect((error < 0n ? -error : error) < sum).toBe(true)
        })
      }),
    )
  })

  it('gives the units left over to the largest remainders, earlier parts first', () => {
    expect(apportion(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(apportion(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n])
    expect(apportion(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
  })

  it('gives nothing to a weight of zero', () => {
    expect(apportion(7n, [0n, 3n, 0n])).toEqual([0n, 7n, 0n])
    expect(apportion(0n, [])).toEqual([])
  })

  it.each([[[]], [[0n, 0n]], [[3n, -1n]]])('refuses weights that cannot carry the amount: %j', (shares: bigint[]) => {
    expect(() => apportion(5n, shares)).toThrow(RangeError)
  })
})

it('money() pairs an amount with its currency', () => {
  expect(toWire(money(1160n, 'GBP'))).toEqual({ amount: '11.60', currency: 'GBP' })
})

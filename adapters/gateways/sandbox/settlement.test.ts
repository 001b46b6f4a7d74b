import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { GojiError } from '../../../domain/errors.ts'
import { money } from '../../../domain/money.ts'
import { refusal } from '../../../test/support/expected-errors.ts'
import { parseSettlement } from './settlement.ts'

const COLUMNS = 'type,line_reference,kind,reference,gross_minor,fee_minor,net_minor,settled_at'
const HEADER = 'header,1,settlement-ab12-000001-KRW.csv,KRW,2026-10-31T15:00:00.000Z'
const PAYMENT = 'line,sl_ab12_1_1,payment,pay_one,10001,150,9851,2026-10-31T15:00:00.000Z'
const REFUND = 'line,sl_ab12_1_2,refund,rfd_one,-5000,0,-5000,2026-10-31T15:00:00.000Z'
const TRAILER = 'trailer,2,5001,150,4851'
const GOOD = [HEADER, COLUMNS, PAYMENT, REFUND, TRAILER]

const text = (rows: readonly string[]): string => `${rows.join('\n')}\n`
/** The good file with one row, counted from 1, replaced. */
const withRow = (line: number, row: string): string => text(GOOD.map((good, index) => (index + 1 === line ? row : good)))

const errorOf = (input: string): GojiError => refusal(() => parseSettlement(input))

describe('a settlement file', () => {
  it('is read exactly', () => {
    const settledAt = Date.UTC(2026, 9, 31, 15)
    expect(parseSettlement(text(GOOD))).toEqual({
      name: 'settlement-ab12-000001-KRW.csv',
      lines: [
        {
          lineReference: 'sl_ab12_1_1',
          kind: 'payment',
          reference: 'pay_one',
          gross: money(10001n, 'KRW'),
          fee: money(150n, 'KRW'),
          net: money(9851n, 'KRW'),
          settledAt,
        },
        {
          lineReference: 'sl_ab12_1_2',
          kind: 'refund',
          reference: 'rfd_one',
          gross: money(-5000n, 'KRW'),
          fee: money(0n, 'KRW'),
          net: money(-5000n, 'KRW'),
          settledAt,
        },
      ],
    })
  })

  it('may have no lines', () => {
    expect(parseSettlement(text([HEADER, COLUMNS, 'trailer,0,0,0,0'])).lines).toEqual([])
  })

  it.each([
    [1, 'not a header', PAYMENT],
    [1, 'an unknown version', HEADER.replace(',1,', ',2,')],
    [1, 'a name with a path in it', HEADER.replace('settlement-', '../')],
    [1, 'an unknown currency', HEADER.replace(',KRW,', ',XXX,')],
    [1, 'a currency in small letters', HEADER.replace(',KRW,', ',krw,')],
    [1, 'a byte order mark', `\uFEFF${HEADER}`],
    [2, 'other columns', COLUMNS.replace('gross_minor', 'gross')],
    [3, 'a field too few', PAYMENT.slice(0, PAYMENT.lastIndexOf(','))],
    [3, 'a field too many', `${PAYMENT},`],
    [3, 'an empty line', ''],
    [3, 'another kind', PAYMENT.replace('payment', 'chargeback')],
    [3, 'a reference with a quote', PAYMENT.replace('pay_one', '"pay_one"')],
    [3, 'no line reference', PAYMENT.replace('sl_ab12_1_1', '')],
    [3, 'a decimal amount', PAYMENT.replace('10001', '10001.0')],
    [3, 'an exponent', PAYMENT.replace('10001', '1e4')],
    [3, 'a leading zero', PAYMENT.replace('10001', '010001')],
    [3, 'a plus sign', PAYMENT.replace('10001', '+10001')],
    [3, 'a space', PAYMENT.replace('10001', ' 10001')],
    [3, 'digits of another script', PAYMENT.replace('10001', '１０００１')],
    [3, 'an amount over the limit', PAYMENT.replace('10001,150,9851', '9000000000001,0,9000000000001')],
    [3, 'an amount that a float cannot hold', PAYMENT.replace('10001', '99999999999999999999')],
    [3, 'a payment of nothing', PAYMENT.replace('10001,150,9851', '0,0,0')],
    [3, 'a negative payment', PAYMENT.replace('10001,150,9851', '-10001,0,-10001')],
    [3, 'a negative fee', PAYMENT.replace('10001,150,9851', '10001,-1,10002')],
    [3, 'a net that is not gross less fee', PAYMENT.replace('9851', '9850')],
    [3, 'a day that does not exist', PAYMENT.replace('2026-10-31', '2026-11-31')],
    [3, 'a time without its zone', PAYMENT.replace('.000Z', '.000+')],
    [3, 'a carriage return', `${PAYMENT}\r`],
    [4, 'a refund that brings money', REFUND.replace('-5000,0,-5000', '5000,0,5000')],
    [4, 'a line reference that was used before', REFUND.replace('sl_ab12_1_2', 'sl_ab12_1_1')],
    [5, 'a trailer that counts another number', TRAILER.replace('trailer,2', 'trailer,3')],
    [5, 'another gross sum', TRAILER.replace('5001', '5002')],
    [5, 'another sum of fees', TRAILER.replace('150', '151')],
    [5, 'another net sum', TRAILER.replace('4851', '485')],
    [5, 'no trailer', REFUND.replace('sl_ab12_1_2', 'sl_ab12_1_3')],
  ])('is refused at line %i for %s', (line, _why, row) => {
    const error = errorOf(withRow(line, row))
    expect(error).toMatchObject({ kind: 'invalid', code: 'statement_malformed', pointer: `/lines/${line}` })
    expect(error.message).toContain(`Line ${line} `)
  })

  it('is refused after the trailer, in another order, or with a line left out', () => {
    for (const rest of ['x', '\n', PAYMENT, TRAILER]) expect(errorOf(text(GOOD) + rest).code).toBe('statement_malformed')
    for (const rows of [[...GOOD, PAYMENT], [HEADER, COLUMNS, TRAILER, PAYMENT, REFUND], [HEADER, COLUMNS, PAYMENT, TRAILER], []]) {
      expect(errorOf(text(rows)).code).toBe('statement_malformed')
    }
  })

  it('never fails in another way, whatever the text', () => {
    const rows = fc.array(
      fc.oneof(
        fc.constantFrom(...GOOD),
        fc.string(),
        fc.array(fc.constantFrom('line', 'payment', '-1', '0', '9'.repeat(30), 'KRW', '')).map((fields) => fields.join(',')),
      ),
    )
    fc.assert(
      fc.property(fc.oneof(fc.string(), rows.map(text)), (input) => {
        try {
          parseSettlement(input)
        } catch (error) {
          expect(error).toBeInstanceOf(GojiError)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('is never read as something else when one character of it changes', () => {
    const good = text(GOOD)
    const whole = parseSettlement(good)
    const amounts = (lines: typeof whole.lines) => lines.map(({ gross, fee, net }) => [gross, fee, net])
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (at, put) => {
        const changed = good.slice(0, at) + put + good.slice(at + 1)
        try {
          // A changed reference or time can still be read; what is owed cannot be changed in one place.
          expect(amounts(parseSettlement(changed).lines).map(String)).toEqual(amounts(whole.lines).map(String))
        } catch (error) {
          expect(error).toBeInstanceOf(GojiError)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

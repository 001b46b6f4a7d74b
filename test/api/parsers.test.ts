import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jsonBody } from '../../api/http/json-body.ts'
import { parseQuery } from '../../api/http/query.ts'
import { scanJson } from '../../api/http/scan-json.ts'
import { RequestError } from '../../api/problem.ts'
import { hasCardNumber } from '../../schemas/card-number.ts'
import { line, text } from '../../schemas/text.ts'
import { newBillSchema } from '../../schemas/new-bill.ts'
import { GojiError } from '../../domain/errors.ts'

const refusalOrValue = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (error instanceof RequestError || error instanceof GojiError) return error
    throw error
  }
}

describe('parsers', () => {
  it('throw nothing but refusals, whatever bytes come', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void refusalOrValue(() => jsonBody(Buffer.from(bytes)))))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => void refusalOrValue(() => jsonBody(Buffer.from(any)))))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => void refusalOrValue(() => parseQuery(`/v1/bills?${any}`))))
  })

  it('take every object that JSON can say once, as it is', () => {
    const plain = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
      fc.jsonValue({ maxDepth: 5, noUnicodeString: false }),
    )
    fc.assert(
      fc.property(plain, (value) => {
        const given = JSON.stringify(value)
        const read = refusalOrValue(() => jsonBody(Buffer.from(given)))
        if (read instanceof GojiError) expect(given).toMatch(/\\u0000|\\ud[89a-f]/i)
        else if (read instanceof RequestError) expect(given).toMatch(/__proto__|constructor/)
        else expect(JSON.stringify(read)).toBe(given)
      }),
    )
  })

  it('never let a second equal key pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), fc.jsonValue(), (key, one, other) => {
        const given = `{${JSON.stringify(key)}:${JSON.stringify(one)},"between":[{}],${JSON.stringify(key)} :${JSON.stringify(other)}}`
        expect(refusalOrValue(() => scanJson(given))).toBeInstanceOf(RequestError)
      }),
    )
  })

  it('are quick about 50 kB made to slow them down', () => {
    const floods = [
      '\\'.repeat(50_000),
      '"\\"'.repeat(16_000),
      '{"a":'.repeat(10_000),
      ' '.repeat(50_000),
      '9 '.repeat(25_000),
      '4-'.repeat(25_000),
      '\u0301'.repeat(50_000),
      '/'.repeat(50_000),
    ]
    const read = (flood: string): void => {
      refusalOrValue(() => jsonBody(Buffer.from(flood)))
      refusalOrValue(() => jsonBody(Buffer.from(JSON.stringify({ a: flood }))))
      hasCardNumber(flood)
      line(200).safeParse(flood)
      newBillSchema.safeParse({ billNumber: flood, title: flood, dueDate: flood, issueAt: flood, policy: flood })
    }
    for (const flood of floods) {
      // The least of three: the first one also compiles, and any one may meet a collection of garbage.
      const spent = [1, 2, 3].map(() => {
        const started = process.cpuUsage().user
        read(flood)
        return process.cpuUsage().user - started
      })
      // Generous: a pattern that backtracks takes minutes here, the others a few milliseconds.
      expect(Math.min(...spent)).toBeLessThan(2_000_000)
    }
  })
})

describe('card numbers in text', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    'call 010 4242 4242 4242 4242',
    '５５５５５５５５５５５５４４４４',
    '378282246310005',
    '6011111111111117',
    '3530111333300000',
    'No. 12 4111111111111111.',
  ])('are seen in "%s"', (value) => expect(hasCardNumber(value)).toBe(true))

  it.each([
    '4242424242424241',
    '010-1234-5678',
    '1234567890123456789',
    '2026-11-24 09:00',
    '110-234-567890',
    '900101-1234567',
    '42424242424242424242424242',
  ])('are not seen in "%s"', (value) => expect(hasCardNumber(value)).toBe(false))
})

describe('text', () => {
  it.each([
    '김하늘',
    '김하늘'.normalize('NFD'),
    'Zoë',
    '😀',
    'O’Neil & Sons',
    "Robert'); drop table bills;--",
    '<script>alert(1)</script>',
    '=1+1',
    'दिल्ली',
    'tab-free',
  ])('takes "%s"', (value) => {
    expect(text(200).parse(value)).toBe(value.normalize('NFC'))
  })
})

import { describe, expect, it } from '@jest/globals'
import type { Request, Response } from 'express'
import fc from 'fast-check'
import type { z } from 'zod'
import { newBillExample, newBillSchema } from '../../schemas/new-bill.ts'
import { makeCursor, readCursor } from '../../api/cursor.ts'
import { contentType } from '../../api/http/content-type.ts'
import { idempotencyKey } from '../../api/http/idempotency-key.ts'
import { validParams, validQuery } from '../../api/http/validate.ts'
import { checkPolicy } from '../../api/institutions/check-policy.ts'
import { newPolicySchema, policyExample } from '../../schemas/policy.ts'
import { RequestError, toProblem } from '../../api/problem.ts'
import { hasCardNumber } from '../../schemas/card-number.ts'
import { idParams } from '../../schemas/ids.ts'
import { pageQuery } from '../../schemas/page.ts'
import { refundAccount } from '../../schemas/refund-account.ts'
import { letter, line, text } from '../../schemas/text.ts'
import { day, duration, instant, longDuration, zone } from '../../schemas/time.ts'
import { readAmount, AMOUNT_FORMATS, DECIMALS } from '../../batches/amounts.ts'
import { DATE_FORMATS, readDate } from '../../batches/dates.ts'
import { readingSchema } from '../../batches/reading.ts'
import { readNoticeLink } from '../../composition/links.ts'
import { seal, unseal, type SealPurpose } from '../../composition/seal.ts'
import { CURRENCIES } from '../../domain/currencies.ts'
import { type Duration, durationMs } from '../../domain/duration.ts'
import { GojiError } from '../../domain/errors.ts'
import { parseMoney, toWire } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'
import type { ApiKey } from '../../store/keys/find-api-key.ts'
import { timeAndId } from '../../web/console/cursor.ts'
import { readCookie } from '../../web/http/cookies.ts'
import { isOwnFormKey } from '../../web/http/form-key.ts'
import { networkOf } from '../../composition/network.ts'
import { safeNext } from '../../web/identity/next.ts'
import { spoilt } from '../support/spoilt.ts'
import { fakeAdapters } from './fake-adapters.ts'

const SECRET = 's'.repeat(40)
const CONFIG = { GOJI_LINK_SECRET: SECRET, GOJI_BASE_URL: 'https://goji.example' } as const
const NOW = Date.parse('2026-11-24T06:00:00Z')

/** Any text, and what is nearly right. */
const near = (...good: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    ...good.map((one) => spoilt(Buffer.from(one)).map((bytes) => bytes.toString('utf8'))),
    ...good.map((one) => fc.constant(one)),
  )

/** A refusal of ours, or what was read. Anything else that is thrown fails the property. */
function answerOf<Value>(work: () => Value): Value | GojiError | RequestError {
  try {
    return work()
  } catch (error) {
    if (error instanceof GojiError || error instanceof RequestError) return error
    throw error
  }
}

const holds = <Value>(arbitrary: fc.Arbitrary<Value>, property: (value: Value) => boolean | undefined, numRuns = 500): void =>
  fc.assert(
    fc.property(arbitrary, (value) => property(value) ?? true),
    { numRuns },
  )

describe('small texts', () => {
  it('as durations: a time that can be counted, or refused', () => {
    holds(near('P30D', 'PT24H', 'PT1H30M5S', 'PT0S'), (given) => {
      const ms = answerOf(() => durationMs(given as Duration))
      expect(duration.safeParse(given).success).toBe(typeof ms === 'number')
      expect(longDuration.safeParse(given).success).toBe(typeof ms === 'number' && ms > 0)
      return ms instanceof Error || (Number.isSafeInteger(ms) && ms >= 0)
    })
  })

  it('as amounts: exactly what was written, or refused', () => {
    holds(
      fc.tuple(near('12500', '11.60', '-5.000', '0.001'), fc.oneof(fc.constantFrom(...CURRENCIES), near('KRW'))),
      ([amount, currency]) => {
        const read = answerOf(() => parseMoney({ amount, currency }))
        return read instanceof Error || JSON.stringify(toWire(read)) === JSON.stringify({ amount, currency })
      },
    )
  })

  it('as days, instants and zones: one that there is, or refused', () => {
    holds(near('2026-11-24', '2026-11-24T09:00:00+09:00', '2026-11-24T09:00:00.000Z', 'Asia/Seoul'), (given) => {
      for (const schema of [day, instant]) if (schema.safeParse(given).success) expect(Number.isFinite(Date.parse(given))).toBe(true)
      if (zone.safeParse(given).success) new Intl.DateTimeFormat('en', { timeZone: given })
      return true
    })
  })

  it('as cells of a file: a day or an amount in its form, or refused', () => {
    holds(near('2026.12.31', '31/12/2026', '20261231'), (given) => {
      for (const format of DATE_FORMATS) {
        const read = readDate(given, format)
        if (read !== null) expect(new Date(`${read}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read)
      }
      return true
    })
    const formats = fc.record({
      amountFormat: fc.constantFrom(...AMOUNT_FORMATS),
      decimals: fc.constantFrom(...DECIMALS),
      currency: fc.constantFrom(...CURRENCIES),
    })
    holds(fc.tuple(near('128,500', '1.234,50', '₩1,000', '(500)'), formats), ([given, reading]) => {
      const read = readAmount(given, reading)
      return (
        !('amount' in read) || !(answerOf(() => parseMoney({ amount: read.amount, currency: reading.currency })) instanceof RequestError)
      )
    })
  })

  it('as names and letters: one that stays as it is when it is read again, or refused', () => {
    for (const schema of [line(200), text(200), letter(4_000)] as z.ZodType<string>[])
      holds(near('김하늘', 'Zoë 😀', 'a\r\nb'), (given) => {
        const read = schema.safeParse(given)
        if (!read.success) return true
        expect(read.data.normalize('NFC')).toBe(read.data)
        expect(read.data).not.toMatch(/[\u0000\u202e]/)
        return schema.safeParse(read.data).data === read.data
      })
    holds(near('4242 4242 4242 4242'), (given) => typeof hasCardNumber(given) === 'boolean')
    holds(
      near('110-123-456789'),
      (number) => !refundAccount.safeParse({ bank: 'B', number, holder: 'H' }).success || /^[A-Z0-9-]+$/.test(number),
    )
  })

  it('as parts of an address: a thing of ours, or not found', () => {
    const params = idParams('bill', 'bill')
    holds(near('bill_01hfz3k9q4m7v2x8c5t6w0r3en'), (id) => {
      const read = answerOf(() => validParams(params, { id }))
      return read instanceof GojiError ? read.kind === 'notFound' : /^bill_[0-9a-z]{26}$/.test(id)
    })
    const query = newQuery()
    holds(fc.dictionary(near('limit', 'cursor'), near('50', '1', '100')), (given) => {
      const read = answerOf(() => validQuery(query, given)) as { limit?: number } | Error
      return read instanceof Error ? read instanceof RequestError : (read.limit ?? 0) >= 1 && (read.limit ?? 0) <= 100
    })
    holds(near('/bills?status=paid', '/pay/x', '//evil.example', '/bills/../..//evil.example'), (given) => {
      const { origin } = new URL(safeNext(given), 'https://goji.example')
      return origin === 'https://goji.example'
    })
    holds(near('203.0.113.7', '2001:db8::1', '::ffff:203.0.113.7', '::'), (ip) => typeof networkOf(ip) === 'string')
  })

  it('as headers: taken or refused', () => {
    const send = (headers: Record<string, string>, check: (req: Request, res: Response, next: () => void) => unknown): unknown =>
      answerOf(() => check({ headers } as unknown as Request, { locals: {} } as unknown as Response, () => undefined))
    holds(near('5c1f0f4e-8f0b', 'a b'), (key) => {
      const refused = send({ 'idempotency-key': key }, idempotencyKey) instanceof Error
      return refused || (key.length <= 255 && /^[\x20-\x7e]+$/.test(key))
    })
    const json = contentType(['application/json', 'text/csv'])
    holds(near('application/json; charset=utf-8', 'text/csv'), (type) => {
      const refused = send({ 'content-type': type, 'content-length': '1' }, json) instanceof Error
      return refused || /^(?:application\/json|text\/csv)\s*(?:;|$)/i.test(type)
    })
  })
})

const newQuery = (): z.ZodObject => idParams('bill', 'bill').omit({ id: true }).extend(pageQuery) as unknown as z.ZodObject

describe('what we have signed', () => {
  const purposes: readonly SealPurpose[] = [
    'noticeLink',
    'billCookie',
    'sessionCookie',
    'languageCookie',
    'signInCookie',
    'consoleCookie',
    'formKey',
    'cursor',
  ]
  const sealed = fc
    .tuple(fc.constantFrom(...purposes), fc.string({ maxLength: 60 }))
    .map(([purpose, given]) => ({ purpose, given, token: seal(SECRET, purpose, given) }))

  it('comes back as it was, for its purpose alone', () => {
    holds(fc.tuple(sealed, fc.constantFrom(...purposes)), ([{ purpose, given, token }, other]) => {
      const read = unseal(CONFIG, other, token)
      return other === purpose && given !== '' ? read === given : read === null
    })
  })

  it('is nothing once a character of it is changed, added or missing, and made-up tokens never were', () => {
    holds(fc.tuple(sealed, fc.nat(), fc.constantFrom('', 'A', '_', '=', '\0', 'é')), ([{ purpose, token }, at, put]) => {
      const changed = `${token.slice(0, at % token.length)}${put}${token.slice((at % token.length) + 1)}`
      return changed === token || unseal(CONFIG, purpose, changed) === null
    })
    holds(fc.tuple(near(seal(SECRET, 'cursor', 'x')), fc.constantFrom(...purposes)), ([token, purpose]) => {
      const read = unseal(CONFIG, purpose, token)
      return read === null || token === seal(SECRET, purpose, read)
    })
  })

  it('is read as links, cookies, keys of forms and cursors without ever failing', () => {
    const caller = { id: 'key_1', institutionId: 'ins_1', mode: 'test' } as unknown as ApiKey
    const scope = { list: 'bills', caller, filters: { status: 'paid' } }
    const root = { config: CONFIG } as unknown as Parameters<typeof readCursor>[0]
    const tokens = near(makeCursor(root, scope, '17,bill_1'), ...purposes.map((purpose) => seal(SECRET, purpose, 'bill_1 dlv_1 soon')))
    holds(tokens, (token) => {
      const link = readNoticeLink(CONFIG, token)
      expect(link === null || link.billId === 'bill_1').toBe(true)
      const position = answerOf(() => readCursor(root, scope, token))
      expect(position instanceof RequestError || position === '17,bill_1').toBe(true)
      const cookie = { headers: { cookie: `a=b; __Host-goji_session=${token}; __Host-goji_bills=${token}` } } as unknown as Request
      for (const name of ['session', 'bills', 'language', 'signIn'] as const) readCookie(CONFIG, cookie, name)
      return !isOwnFormKey(CONFIG, { session: null, links: [] }, token)
    })
    holds(near('1764000000000,bill_1'), (given) => timeAndId(given) === null || timeAndId(given)?.id !== '')
  })
})

describe('bodies that are nearly right', () => {
  const bodies = (good: unknown): fc.Arbitrary<unknown> =>
    spoilt(Buffer.from(JSON.stringify(good))).map((bytes) => {
      try {
        return JSON.parse(bytes.toString('utf8')) as unknown
      } catch {
        return bytes.toString('utf8')
      }
    })

  it('are a bill or refused', () => {
    holds(bodies(newBillExample), (given) => typeof newBillSchema.safeParse(given).success === 'boolean', 1_000)
  })

  it('are a way to read a file or refused', () => {
    const good = {
      currency: 'KRW',
      columns: { billNumber: 'a', citizen: 'b', title: 'c', amount: 'd' },
      defaults: { policy: 'bill' },
      contacts: [],
    }
    holds(bodies(good), (given) => typeof readingSchema.safeParse(given).success === 'boolean', 1_000)
  })

  it('are a policy whose bills come to an end, or refused', () => {
    const good = {
      ...policyExample,
      policy: { ...policyExample.policy, chain: [{ channel: 'app', wait: 'PT24H', until: 'read' }], reminders: [] },
    }
    holds(
      bodies(good),
      (given) => {
        const read = newPolicySchema.safeParse(given)
        if (!read.success) return true
        const answer = answerOf(() => checkPolicy((read.data as { policy: Policy }).policy, fakeAdapters, NOW))
        return answer === undefined || answer instanceof GojiError
      },
      400,
    )
  })

  it('lead to a problem that tells nothing of us, whatever went wrong', () => {
    holds(
      fc.oneof(
        fc.anything(),
        near('x').map((message) => new Error(message)),
      ),
      (error) => {
        const { problem } = toProblem(error, 'req_1')
        return problem.status === 500 ? problem.code === 'internal_error' : problem.status >= 400
      },
    )
  })
})

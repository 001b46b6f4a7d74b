import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { GojiError } from '../../../domain/errors.ts'
import { translate } from './webhook.ts'

const KEY = Buffer.alloc(32, 'k')
const OLD_KEY = Buffer.alloc(32, 'o')
const AT = Date.UTC(2026, 9, 1, 9)
const BODY = Buffer.from(JSON.stringify({ type: 'payment.captured', key: 'chk_1', reference: 'pay_1', at: AT }))

/** Signed by the reference implementation, not by ours. */
const signature = (body: Buffer, key = KEY, at = AT, id = 'evt_1'): string =>
  new Webhook(key.toString('base64')).sign(id, new Date(at), body.toString('utf8'))
/** The last character before the padding carries two bits that base64 ignores. */
const respelled = (signed: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return `${signed.slice(0, -2)}${alphabet[alphabet.indexOf(signed.at(-2) ?? '') ^ 1]}=`
}
const headers = (signed = signature(BODY), at = AT) => ({
  'webhook-id': 'evt_1',
  'webhook-timestamp': String(Math.floor(at / 1000)),
  'webhook-signature': signed,
})

function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(GojiError)
    return (error as GojiError).code
  }
  return 'accepted'
}

describe('a webhook', () => {
  it('is translated to the payment or refund that it is about', () => {
    expect(translate([KEY], headers(), BODY, AT)).toEqual({ eventId: 'evt_1', subject: 'payment', key: 'chk_1' })
    const refund = Buffer.from('{"type":"refund.done","key":"rfd_1"}')
    expect(translate([KEY], headers(signature(refund)), refund, AT)).toEqual({ eventId: 'evt_1', subject: 'refund', key: 'rfd_1' })
  })

  it('is taken while the gateway changes its secret: one of several signatures suffices, in any place', () => {
    const [ours, theirs] = [signature(BODY), signature(BODY, OLD_KEY)]
    for (const list of [`${theirs} ${ours}`, `${ours} ${theirs}`, `v1a,AAAA ${ours}`, ` ${ours}`]) {
      expect(codeOf(() => translate([KEY], headers(list), BODY, AT))).toBe('accepted')
    }
  })

  it('is taken while we change the secret: what the new and what the old one signed', () => {
    for (const key of [KEY, OLD_KEY]) {
      const signed = headers(signature(BODY, key))
      expect(codeOf(() => translate([KEY, OLD_KEY], signed, BODY, AT))).toBe('accepted')
    }
    expect(codeOf(() => translate([OLD_KEY], headers(), BODY, AT))).toBe('signature_invalid')
  })

  it.each([
    ['of another secret', signature(BODY, OLD_KEY)],
    ['of another body', signature(Buffer.from('{}'))],
    ['of another event', signature(BODY, KEY, AT, 'evt_2')],
    ['of another time', signature(BODY, KEY, AT + 1_000)],
    ['of another version', signature(BODY).replace('v1,', 'v1a,')],
    ['without a version', signature(BODY).replace('v1,', '')],
    ['without its padding', signature(BODY).slice(0, -1)],
    ['in another spelling of the same bytes', respelled(signature(BODY))],
    ['cut short', signature(BODY).slice(0, -8)],
    ['that is empty', 'v1,'],
    ['that comes after a hundred others', `${'v1,AAAA '.repeat(100)}${signature(BODY)}`],
  ])('is refused with a signature %s', (_what, signed) => {
    expect(codeOf(() => translate([KEY], headers(signed), BODY, AT))).toBe('signature_invalid')
  })

  it.each([
    [-301, 'signature_invalid'],
    [-300, 'accepted'],
    [-299, 'accepted'],
    [299, 'accepted'],
    [300, 'accepted'],
    [301, 'signature_invalid'],
  ])('that is %i seconds away from the given time is %s', (seconds, outcome) => {
    expect(codeOf(() => translate([KEY], headers(), BODY, AT + seconds * 1_000))).toBe(outcome)
  })

  it.each(['', 'abc', '1e9', '-1', '0x10', ' 1', '99999999999999'])('is refused with the timestamp "%s"', (timestamp) => {
    expect(codeOf(() => translate([KEY], { ...headers(), 'webhook-timestamp': timestamp }, BODY, AT))).toBe('signature_invalid')
  })

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('is refused without %s', (name) => {
    expect(codeOf(() => translate([KEY], { ...headers(), [name]: undefined }, BODY, AT))).toBe('signature_invalid')
  })

  it.each([
    '',
    '[]',
    'null',
    '"text"',
    '{',
    '{"type":"payment.captured"}',
    '{"type":"payment.teleported","key":"chk_1"}',
    '{"type":"payment.captured","key":"a b"}',
    '{"type":"__proto__","key":"chk_1"}',
    '{"type":1,"key":2}',
  ])('that is signed but says %s is set aside as malformed', (content) => {
    const body = Buffer.from(content)
    expect(codeOf(() => translate([KEY], headers(signature(body)), body, AT))).toBe('webhook_malformed')
  })

  it('is verified over its bytes, not over the text they happen to spell', () => {
    // Two different byte strings that both decode to the replacement character.
    const [sent, other] = [Buffer.from([0xff]), Buffer.from([0xfe])]
    const signed = signature(sent)
    expect(sent.toString('utf8')).toBe(other.toString('utf8'))
    expect(codeOf(() => translate([KEY], headers(signed), other, AT))).toBe('signature_invalid')
  })

  it('never fails in another way', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), fc.string(), fc.string(), (bytes, id, timestamp, signed) => {
        const sent = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signed }
        expect(codeOf(() => translate([KEY], sent, Buffer.from(bytes), AT))).toBe('signature_invalid')
      }),
    )
  })
})

import { describe, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { isSigned, keyOfSecret, secretsOf, signedHeaders } from './signature.ts'

const NOW = Date.UTC(2026, 10, 24)
const key = Buffer.alloc(32, 7)
const body = Buffer.from('{"key":"한글"}')
const headers = signedHeaders(key, 'evt_1', body, NOW)

describe('a signature', () => {
  it('is what the reference library of Standard Webhooks makes', () => {
    const reference = new Webhook(`whsec_${key.toString('base64')}`).sign('evt_1', new Date(NOW), body.toString())
    expect(headers['webhook-signature']).toBe(reference)
  })

  it('is taken over raw bytes, also when they are no text', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe])
    const signed = signedHeaders(key, 'evt_1', bytes, NOW)
    expect(isSigned([key], signed, bytes, NOW)).toBe(true)
    expect(isSigned([key], signed, Buffer.from(bytes.toString('utf8')), NOW)).toBe(false)
  })

  it.each([
    ['of another key', signedHeaders(Buffer.alloc(32, 8), 'evt_1', body, NOW)],
    ['of another version', { ...headers, 'webhook-signature': headers['webhook-signature']?.replace('v1,', 'v2,') }],
    ['without a version', { ...headers, 'webhook-signature': headers['webhook-signature']?.slice(3) }],
    ['that is cut short', { ...headers, 'webhook-signature': headers['webhook-signature']?.slice(0, 20) }],
    ['in another spelling', { ...headers, 'webhook-signature': headers['webhook-signature']?.replace('=', '') }],
    ['that is empty', { ...headers, 'webhook-signature': 'v1,' }],
    ['behind too many others', { ...headers, 'webhook-signature': `${'v1,AAAA '.repeat(5)}${headers['webhook-signature']}` }],
    ['with a time that is no number', { ...headers, 'webhook-timestamp': '17e8' }],
    ['with a dot in its id', signedHeaders(key, 'evt.1', body, NOW)],
    ['that is not there at all', {}],
  ])('%s is refused', (_what, given) => {
    expect(isSigned([key], given, body, NOW)).toBe(false)
  })

  it('cannot be moved between the id, the time and the body', () => {
    const text = '1.{}'
    const signed = signedHeaders(key, 'a', text, NOW)
    expect(isSigned([key], { ...signed, 'webhook-id': `a.${signed['webhook-timestamp']}`, 'webhook-timestamp': '1' }, '{}', 1_000)).toBe(
      false,
    )
  })

  it.each([
    [-301, false],
    [-300, true],
    [-299, true],
    [299, true],
    [300, true],
    [301, false],
  ])('made %i seconds from now is taken: %s', (seconds, taken) => {
    expect(isSigned([key], headers, body, NOW + seconds * 1_000)).toBe(taken)
  })

  it('of one event is none of another, and that of the old secret is taken while both are known', () => {
    expect(isSigned([key], { ...headers, 'webhook-id': 'evt_2' }, body, NOW)).toBe(false)
    const next = Buffer.alloc(32, 9)
    expect([isSigned([next, key], headers, body, NOW), isSigned([key, next], headers, body, NOW)]).toEqual([true, true])
    expect(isSigned([next], headers, body, NOW)).toBe(false)
  })

  it.each([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a , b', ['a', 'b']],
    ['a,', null],
    [',', null],
    ['', null],
    ['a,b,c', null],
  ])('has its secrets written as "%s"', (text, secrets) => {
    expect(secretsOf(text, (one) => (one === '' ? null : one))).toEqual(secrets)
  })

  it.each(['base64', 'base64url'] as const)('takes its key from %s, with and without the prefix', (encoding) => {
    const bytes = Buffer.from('fbefbe'.repeat(11), 'hex')
    expect(keyOfSecret(bytes.toString(encoding))).toEqual(bytes)
    expect(keyOfSecret(`whsec_${bytes.toString(encoding)}`)).toEqual(bytes)
  })
})

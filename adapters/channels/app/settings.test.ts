import { describe, expect, it } from '@jest/globals'
import type { GojiError } from '../../../domain/errors.ts'
import { parseAddress } from './address.ts'
import { parseRelays } from './settings.ts'
import { refusal } from '../../../test/support/expected-errors.ts'

const secret = Buffer.alloc(32, 1).toString('base64url')
const relay = { name: 'talk', url: 'https://relay.example/v1/', secret, webhookSecret: `whsec_${Buffer.alloc(24, 2).toString('base64')}` }
const parse = (...relays: object[]): ReturnType<typeof parseRelays> => parseRelays(JSON.stringify(relays))

const refusalOf = (text: string | undefined): GojiError => refusal(() => parseRelays(text))

describe('APP_RELAYS', () => {
  it('names the relays, their addresses and keys', () => {
    expect(parse(relay).get('talk')).toEqual({
      name: 'talk',
      url: 'https://relay.example/v1',
      key: Buffer.alloc(32, 1),
      webhookKeys: [Buffer.alloc(24, 2)],
    })
  })

  it('takes two webhook secrets while one is changed, and not three', () => {
    const both = [relay.webhookSecret, secret]
    expect(parse({ ...relay, webhookSecret: both }).get('talk')?.webhookKeys).toEqual([Buffer.alloc(24, 2), Buffer.alloc(32, 1)])
    for (const wrong of [[], [...both, secret], ['c2hvcnQ']])
      expect(refusalOf(JSON.stringify([{ ...relay, webhookSecret: wrong }])).message).toContain('/0/webhookSecret')
  })

  it.each(['http://127.0.0.1:4000/talk', 'http://localhost:4000', 'http://simulator:4000/talk'])(
    'takes %s without TLS, as it leaves no private network',
    (url) => {
      expect(parse({ ...relay, url }).get('talk')?.url).toBe(url)
    },
  )

  it.each([
    ['nothing', undefined, 'empty'],
    ['an empty text', ' ', 'empty'],
    ['no JSON', `[{"secret":"${secret}"`, 'not JSON'],
    ['no relay', '[]', 'at least one'],
    ['no list', JSON.stringify(relay), 'the list'],
    ['a field too few', JSON.stringify([{ ...relay, webhookSecret: undefined }]), '/0/webhookSecret'],
    ['a field too many', JSON.stringify([{ ...relay, password: secret }]), 'password'],
    ['a short secret', JSON.stringify([{ ...relay, secret: 'c2hvcnQ' }]), '/0/secret must be 24 to 64 bytes'],
    ['a secret that is not base64', JSON.stringify([{ ...relay, secret: 'open sesame!' }]), '/0/secret is not base64'],
    ['plain http over the internet', JSON.stringify([{ ...relay, url: 'http://relay.example' }]), '/0/url must use https'],
    ['another protocol', JSON.stringify([{ ...relay, url: 'ftp://relay.example' }]), '/0/url'],
    ['credentials in the address', JSON.stringify([{ ...relay, url: 'https://me:pw@relay.example' }]), '/0/url'],
    ['a name that is none', JSON.stringify([{ ...relay, name: 'Talk:1' }]), '/0/name'],
    ['a name twice', JSON.stringify([relay, relay]), 'twice'],
  ])('refuses %s, naming the variable and never a value', (_what, text, detail) => {
    const error = refusalOf(text)
    expect(error).toMatchObject({ kind: 'invalid', code: 'setting_invalid' })
    expect(error.message).toContain('APP_RELAYS')
    expect(error.message).toContain(detail)
    for (const value of [secret, 'c2hvcnQ', 'open sesame', 'me:pw']) expect(error.message).not.toContain(value)
  })
})

describe('an address', () => {
  it('is a relay and a recipient', () => {
    expect(parseAddress('talk:8f3c0a')).toEqual({ relay: 'talk', recipient: '8f3c0a' })
  })

  it.each(['', 'talk', 'talk:', ':8f3', 'Talk:8f3', 'talk:8f3:1', 'talk:../x', 'talk:8f3\n', 'talk:한글', `talk:${'a'.repeat(129)}`])(
    'is not %j',
    (text) => {
      expect(parseAddress(text)).toBeNull()
    },
  )
})

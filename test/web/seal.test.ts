import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { noticeLink, readNoticeLink } from '../../composition/links.ts'
import { seal, type SealPurpose, unseal } from '../../composition/seal.ts'

const PURPOSES: readonly SealPurpose[] = [
  'noticeLink',
  'billCookie',
  'sessionCookie',
  'languageCookie',
  'signInCookie',
  'consoleCookie',
  'formKey',
  'cursor',
]
const settings = { GOJI_LINK_SECRET: 's'.repeat(40), GOJI_LINK_SECRET_OLD: undefined, GOJI_BASE_URL: 'https://goji.example' }
const OLD = 'o'.repeat(40)
const LINK = { billId: 'bill_01hfz3k9q4m7v2x8c5t6w0r3en', deliveryId: 'dlv_01hfz3k9q4m7v2x8c5t6w0r3en', expiresAt: 1_800_000_000_000 }
const tokenOf = (secret = settings.GOJI_LINK_SECRET): string =>
  new URL(noticeLink({ ...settings, GOJI_LINK_SECRET: secret }, LINK)).pathname.slice('/n/'.length)

describe('what we sign', () => {
  it.each(PURPOSES)('as %s is taken as nothing else', (made) => {
    const token = seal(settings.GOJI_LINK_SECRET, made, 'text')
    expect(PURPOSES.filter((purpose) => unseal(settings, purpose, token) !== null)).toEqual([made])
  })

  it('is refused with any one bit of it turned over', () => {
    const bytes = Buffer.from(tokenOf(), 'base64url')
    expect(readNoticeLink(settings, bytes.toString('base64url'))).toEqual(LINK)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const turned = Buffer.from(bytes)
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect([bit, readNoticeLink(settings, turned.toString('base64url'))]).toEqual([bit, null])
    }
  })

  it('is refused cut short, with something behind it, and in another spelling of the same bytes', () => {
    const token = tokenOf()
    for (let length = 0; length < token.length; length++) expect(readNoticeLink(settings, token.slice(0, length))).toBeNull()
    for (const other of [`${token}A`, `${token}=`, ` ${token}`, `${token}\n`, Buffer.from(token, 'base64url').toString('base64')])
      if (other !== token) expect(readNoticeLink(settings, other)).toBeNull()
  })

  it('is refused where another made it, and where it names no algorithm of ours', () => {
    const unsigned = Buffer.concat([Buffer.of(1), Buffer.alloc(32), Buffer.from('bill_x dlv_x 9999999999999')]).toString('base64url')
    const web = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"bill":"x"}').toString('base64url')}.`
    for (const token of [tokenOf(OLD), unsigned, web]) expect(readNoticeLink(settings, token)).toBeNull()
    fc.assert(fc.property(fc.string(), (text) => readNoticeLink(settings, text) === null))
  })

  it('with the secret before is taken while it is named, and what is signed then is signed with the new one', () => {
    const changing = { ...settings, GOJI_LINK_SECRET_OLD: OLD }
    expect([readNoticeLink(changing, tokenOf(OLD)), readNoticeLink(changing, tokenOf())]).toEqual([LINK, LINK])
    expect(new URL(noticeLink(changing, LINK)).pathname).toBe(`/n/${tokenOf()}`)
    expect(readNoticeLink({ ...changing, GOJI_LINK_SECRET_OLD: 'x'.repeat(40) }, tokenOf(OLD))).toBeNull()
  })
})

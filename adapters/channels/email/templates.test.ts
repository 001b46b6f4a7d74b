import { describe, expect, it } from '@jest/globals'
import type { Notice } from '../../../domain/ports/channel.ts'
import { escape } from '../../kit/escape.ts'
import { renderHtml } from './html.ts'
import { composeMail, messageIdOf } from './message.ts'
import { renderText } from './text.ts'

const KO: Notice = {
  purpose: 'notice',
  language: 'ko',
  institution: '양천구청',
  citizenName: '홍길동',
  subject: '2026년 10월 수도 요금',
  paragraphs: ['납부 기한까지 내 주시기 바랍니다.', '감사합니다.'],
  facts: [{ label: '납부할 금액', value: '12,500원' }],
  action: { label: '고지서 보기', url: 'https://goji.example/b/1?token=x&lang=ko' },
}
const EN: Notice = { ...KO, purpose: 'reminder', language: 'en', institution: 'West Borough Libraries', citizenName: 'Jane Public' }
const FROM = 'bills@city.example'
const request = { key: 'dlv_1', address: 'citizen@example.com', notice: KO }

describe('the text of a mail', () => {
  it('says in Korean who writes, what is due and where to go', () => {
    expect(renderText(KO)).toBe(`양천구청 · 고지

2026년 10월 수도 요금

홍길동 님, 안녕하십니까.

납부 기한까지 내 주시기 바랍니다.

감사합니다.

납부할 금액: 12,500원

고지서 보기:
https://goji.example/b/1?token=x&lang=ko

-- 
이 메일은 양천구청의 고지를 대신하여 보내 드렸습니다.
메일로 비밀번호, 카드 번호, 주민등록번호를 묻지 않습니다. 의심스러우면 링크를 누르지 말고 기관에 직접 확인하세요.
발신 전용 메일이라 회신을 받지 않습니다.
`)
  })

  it('speaks English in an English notice, and says that it is a reminder', () => {
    const text = renderText(EN)
    for (const words of [
      'West Borough Libraries · Reminder',
      'Dear Jane Public,',
      'This mail was sent on behalf of West Borough Libraries.',
    ])
      expect(text).toContain(words)
  })

  it('leaves no hole where there are no facts', () => {
    expect(renderText({ ...KO, facts: [] })).not.toContain('\n\n\n')
  })
})

describe('the HTML of a mail', () => {
  it('has its language, its title, one heading and a table of facts with row headers', () => {
    const html = renderHtml(KO)
    expect(html).toContain('<html lang="ko">')
    expect(html).toContain('<title>2026년 10월 수도 요금</title>')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html.match(/<th role="rowheader" scope="row"/g)).toHaveLength(1)
    expect(renderHtml(EN)).toContain('<html lang="en">')
  })

  it("asks for nothing from elsewhere: no image, no script, no form, no link but the notice's own", () => {
    const html = renderHtml(KO)
    expect(html).not.toMatch(/<(img|script|link|iframe|form|input|object|video)\b|url\(|@import|src=/i)
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(
      Array(2).fill('https://goji.example/b/1?token=x&amp;lang=ko'),
    )
  })

  it('shows the address of its link as text', () => {
    expect(renderHtml(KO)).toContain('>https://goji.example/b/1?token=x&amp;lang=ko</a>')
  })

  it.each(['institution', 'citizenName', 'subject'] as const)('escapes the %s', (field) => {
    const hostile = `"><script>alert('1')</script>&amp;`
    const html = renderHtml({ ...KO, [field]: hostile })
    expect(html).not.toContain('<script')
    expect(html).toContain(escape(hostile))
  })

  it('escapes paragraphs, facts and the link', () => {
    const hostile = `"><script>'&`
    const html = renderHtml({
      ...KO,
      paragraphs: [hostile],
      facts: [{ label: hostile, value: hostile }],
      action: { label: hostile, url: `https://x.example/${hostile}` },
    })
    expect(html).not.toContain('<script')
    expect(html.split('&quot;&gt;&lt;script&gt;&#39;&amp;').length - 1).toBe(8)
  })

  it('has no table where there are no facts', () => {
    expect(renderHtml({ ...KO, facts: [] })).not.toContain('<th')
  })
})

describe('the mail itself', () => {
  it('has an id that only the key decides', () => {
    const again = { ...request, notice: { ...EN, subject: 'another' } }
    expect(composeMail(request, FROM).messageId).toBe('<dlv_1@city.example>')
    expect(composeMail(again, FROM).messageId).toBe('<dlv_1@city.example>')
    expect(messageIdOf('a:b', FROM)).toBe('<a=3Ab@city.example>')
    expect(messageIdOf('a', 'x@한국.kr')).toBe('<a@xn--3e0b707e.kr>')
  })

  it('carries our key, its language and that a machine wrote it', () => {
    expect(composeMail(request, FROM)).toMatchObject({
      from: { name: '양천구청', address: FROM },
      to: 'citizen@example.com',
      headers: { 'X-Goji-Delivery': 'dlv_1', 'Content-Language': 'ko', 'Auto-Submitted': 'auto-generated' },
    })
  })

  it.each([
    ['an address that goes on', { ...request, address: 'citizen@example.com\r\nBcc: all@example.com' }, 'permanent', 'address_invalid'],
    ['an address that is none', { ...request, address: 'citizen' }, 'permanent', 'address_invalid'],
    ['a subject of two lines', { ...request, notice: { ...KO, subject: 'a\r\nBcc: all@example.com' } }, 'permanent', 'header_unsafe'],
    ['a subject with a lone line feed', { ...request, notice: { ...KO, subject: 'a\nb' } }, 'permanent', 'header_unsafe'],
    ['an institution of two lines', { ...request, notice: { ...KO, institution: 'a\rb' } }, 'permanent', 'header_unsafe'],
    ['a key that is a header', { ...request, key: 'dlv_1\r\nBcc: all@example.com' }, 'technical', 'key_invalid'],
    [
      'a link that is a script',
      { ...request, notice: { ...KO, action: { label: 'x', url: 'javascript:alert(1)' } } },
      'technical',
      'link_invalid',
    ],
  ])('is not made from %s', (_what, given, kind, code) => {
    expect(() => composeMail(given, FROM)).toThrow(expect.objectContaining({ name: 'ProviderError', kind, code }))
  })
})

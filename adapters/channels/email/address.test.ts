import { describe, expect, it } from '@jest/globals'
import { isAddress } from './address.ts'
import { parseSettings } from './settings.ts'

describe('a mail address', () => {
  it.each([
    'a@b.kr',
    'first.last+bill@mail.example.com',
    "o'neil@example.com",
    'x@한국.kr',
    'x@xn--3e0b707e.kr',
    `${'a'.repeat(64)}@example.com`,
  ])('is %s', (text) => {
    expect(isAddress(text)).toBe(true)
  })

  it.each([
    '',
    '@',
    'a',
    'a@',
    '@b.kr',
    'a@b',
    'a@localhost',
    'a@b..kr',
    'a@.kr',
    'a@b.kr.',
    '.a@b.kr',
    'a.@b.kr',
    'a..b@b.kr',
    'a b@c.kr',
    'a@b c.kr',
    '"a"@b.kr',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@-b.kr',
    'a@b_c.kr',
    'a,b@c.kr',
    'a@b.kr,c@d.kr',
    'A <a@b.kr>',
    'a@b.kr\r\nBcc: c@d.kr',
    'a@b.kr\n',
    'a\u0000@b.kr',
    'a@b\u200b.kr',
    'a@b\u202e.kr',
    '한글@b.kr',
    'a@b@c.kr',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.kr`,
    `a@${'b.'.repeat(130)}kr`,
  ])('is not %j', (text) => {
    expect(isAddress(text)).toBe(false)
  })
})

describe('the settings', () => {
  const settings = { EMAIL_SMTP_URL: 'smtp://user:hunter2@mail.example:587', EMAIL_FROM: 'bills@city.example' }

  it('are taken', () => {
    expect(parseSettings(settings)).toEqual({ smtpUrl: settings.EMAIL_SMTP_URL, from: 'bills@city.example' })
  })

  it.each([
    ['EMAIL_SMTP_URL', undefined],
    ['EMAIL_SMTP_URL', 'mail.example'],
    ['EMAIL_SMTP_URL', 'https://user:hunter2@mail.example'],
    ['EMAIL_SMTP_URL', 'smtp://'],
    ['EMAIL_FROM', undefined],
    ['EMAIL_FROM', 'City <bills@city.example>'],
    ['EMAIL_FROM', 'bills@city.example\r\nBcc: hunter2@city.example'],
  ])('are refused with %s = %j, without the value', (name, value) => {
    const act = (): unknown => parseSettings({ ...settings, [name]: value })
    expect(act).toThrow(expect.objectContaining({ code: 'setting_invalid', message: expect.stringContaining(name) }))
    expect(act).not.toThrow('hunter2')
  })
})

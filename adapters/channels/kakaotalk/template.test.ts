import { describe, expect, it } from '@jest/globals'
import type { GojiError } from '../../../domain/errors.ts'
import type { Notice } from '../../../domain/ports/channel.ts'
import { readTemplates } from './settings.ts'
import { messageOf } from './template.ts'

const NOTICE: Notice = {
  purpose: 'notice',
  language: 'ko',
  institution: '양천구청',
  citizenName: '홍길동',
  subject: '수도 요금',
  paragraphs: ['첫째', '둘째'],
  facts: [{ label: '납부 기한', value: '2026년 12월 31일' }],
  action: { label: '열기', url: 'https://goji.example/n/abc' },
}
const templates = (text: string) =>
  readTemplates({ KAKAOTALK_PF_ID: 'PF01', KAKAOTALK_TEMPLATES: JSON.stringify({ notice: { ko: { id: 'KA01', text } } }) })

describe('a message by a template', () => {
  it('has exactly the variables of the approved text, and no text message of the vendor behind it', () => {
    expect(messageOf(templates('#{기관}의 #{제목}: #{납부 기한}까지. https://#{링크} #{기관}'), NOTICE)).toEqual({
      type: 'ATA',
      kakaoOptions: {
        pfId: 'PF01',
        templateId: 'KA01',
        variables: { '#{기관}': '양천구청', '#{제목}': '수도 요금', '#{납부 기한}': '2026년 12월 31일', '#{링크}': 'goji.example/n/abc' },
        disableSms: true,
      },
    })
  })

  it('goes out in Korean, and as a notice, where there is no other', () => {
    const only = templates('#{제목}')
    expect(messageOf(only, { ...NOTICE, language: 'en', purpose: 'reminder' })).toMatchObject({ kakaoOptions: { templateId: 'KA01' } })
  })

  it.each([
    ['a variable that no notice has', '#{차량 번호}', 'template_variable_unknown'],
    ['an inherited name', '#{constructor}', 'template_variable_unknown'],
    ['a text that becomes too long', '#{내용}'.repeat(150), 'message_too_long'],
  ])('is not sent with %s', (_what, text, code) => {
    const long = { ...NOTICE, paragraphs: ['가'.repeat(10)] }
    expect(() => messageOf(templates(text), long)).toThrow(expect.objectContaining({ kind: 'technical', code }))
  })
})

describe('the settings', () => {
  it.each([
    ['no JSON', 'PF01', '{'],
    ['no Korean notice', 'PF01', '{"notice":{"en":{"id":"KA01","text":"x"}}}'],
    ['an unknown field', 'PF01', '{"notice":{"ko":{"id":"KA01","text":"x","secret":"hush"}}}'],
    ['no pfId', '', '{"notice":{"ko":{"id":"KA01","text":"x"}}}'],
  ])('are refused with %s, and quote nothing', (_what, pfId, text) => {
    let error: GojiError | undefined
    try {
      readTemplates({ KAKAOTALK_PF_ID: pfId, KAKAOTALK_TEMPLATES: text })
    } catch (thrown) {
      error = thrown as GojiError
    }
    expect(error?.code).toBe('setting_invalid')
    expect(error?.message).not.toContain('hush')
  })
})

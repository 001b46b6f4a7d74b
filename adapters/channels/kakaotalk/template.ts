import { ProviderError } from '../../../domain/errors.ts'
import type { Language, Notice } from '../../../domain/ports/channel.ts'

/** A message text that KakaoTalk has approved; what changes in it stands as `#{name}`. */
export interface Template {
  readonly id: string
  readonly text: string
}

/** The approved templates: one for notices and, where there is one, another for reminders, each in the languages that there are. */
export interface Templates {
  readonly pfId: string
  readonly of: Readonly<Record<Notice['purpose'], Partial<Readonly<Record<Language, Template>>> | undefined>>
}

const VARIABLE = /#\{([^{}]{1,30})\}/g
/** KakaoTalk's limit for the text of a message, in characters. */
const TEXT_MAX = 1_000

export const variablesOf = (text: string): readonly string[] => [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))]

/** What a template may name: the notice's own parts, and each of its facts by its label. */
function valuesOf(notice: Notice): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(notice.facts.map(({ label, value }) => [label, value])),
    기관: notice.institution,
    이름: notice.citizenName,
    제목: notice.subject,
    내용: notice.paragraphs.join('\n'),
    // A button's address has its scheme in the template, as KakaoTalk wants it.
    링크: notice.action.url.replace(/^https?:\/\//, ''),
    주소: notice.action.url,
  }
}

/**
 * The notice in Solapi's words: the template and exactly the variables that its approved text has, no more and no less.
 * `disableSms` keeps Solapi from sending a text message by itself: the chain of the policy decides what comes next.
 * @throws ProviderError technical where no template or no value fits.
 */
export function messageOf(templates: Templates, notice: Notice): Readonly<Record<string, unknown>> {
  const byLanguage = templates.of[notice.purpose] ?? (notice.purpose === 'reminder' ? templates.of.notice : undefined)
  const template = byLanguage?.[notice.language] ?? byLanguage?.ko
  if (template === undefined)
    throw new ProviderError('technical', 'template_missing', `KAKAOTALK_TEMPLATES has no template for a ${notice.purpose}.`)
  const values = valuesOf(notice)
  const variables: Record<string, string> = {}
  for (const name of variablesOf(template.text)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined)
      throw new ProviderError(
        'technical',
        'template_variable_unknown',
        `The template ${template.id} wants a variable that this notice does not have.`,
      )
    variables[`#{${name}}`] = value
  }
  const text = template.text.replace(VARIABLE, (_whole, name: string) => variables[`#{${name}}`] ?? '')
  if ([...text].length > TEXT_MAX)
    throw new ProviderError('technical', 'message_too_long', `The template ${template.id} becomes longer than ${TEXT_MAX} characters.`)
  return { type: 'ATA', kakaoOptions: { pfId: templates.pfId, templateId: template.id, variables, disableSms: true } }
}

import { z } from 'zod'
import { invalid } from '../../../domain/errors.ts'
import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { solapiSettings } from '../../providers/solapi/settings.ts'
import type { Templates } from './template.ts'

export const settings: ChannelModule['settings'] = {
  ...solapiSettings('KAKAOTALK'),
  KAKAOTALK_PF_ID: {
    description: 'The KakaoTalk channel that messages come from, as Solapi names it (pfId)',
    secret: false,
    required: true,
  },
  KAKAOTALK_TEMPLATES: {
    description:
      'JSON of the approved AlimTalk templates: {"notice":{"ko":{"id","text"}},"reminder":{…},"refundAccount":{…}}; the text word for word as approved, with variables such as #{기관}, #{제목}, #{링크} or the label of a fact.',
    secret: false,
    required: true,
  },
}

const template = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), text: z.string().min(1).max(1_000) })
const languages = z.strictObject({ ko: template.optional(), en: template.optional() })
const templates = z.strictObject({ notice: languages, reminder: languages.optional(), refundAccount: languages.optional() })

/** @throws GojiError `setting_invalid`, naming the variable and the field and never a value. */
export function readTemplates(values: Readonly<Record<string, string | undefined>>): Templates {
  const pfId = values['KAKAOTALK_PF_ID'] ?? ''
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(pfId))
    throw invalid('setting_invalid', 'KAKAOTALK_PF_ID has to be a pfId of Solapi.', '/KAKAOTALK_PF_ID')
  const result = templates.safeParse(parse(values['KAKAOTALK_TEMPLATES'] ?? ''))
  if (!result.success) throw wrong(result.error.issues.map(({ path, message }) => `/${path.join('/')} ${message}`).join('; '))
  const { notice, reminder, refundAccount } = result.data
  const present = (of: z.infer<typeof languages>) => ({ ...(of.ko ? { ko: of.ko } : {}), ...(of.en ? { en: of.en } : {}) })
  if (notice.ko === undefined) throw wrong('/notice/ko is missing')
  return {
    pfId,
    of: { notice: present(notice), reminder: reminder && present(reminder), refundAccount: refundAccount && present(refundAccount) },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong('it is not JSON')
  }
}

const wrong = (detail: string) => invalid('setting_invalid', `KAKAOTALK_TEMPLATES is not usable: ${detail}.`, '/KAKAOTALK_TEMPLATES')

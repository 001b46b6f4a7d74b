import { type GojiError, invalid } from '../../../domain/errors.ts'
import { isAddress } from './address.ts'

export interface EmailSettings {
  /** `smtp:` or `smtps:`; may hold a password. */
  readonly smtpUrl: string
  readonly from: string
}

const refused = (name: string, detail: string): GojiError => invalid('setting_invalid', `${name} ${detail}`)

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function parseSettings(settings: Readonly<Record<string, string | undefined>>): EmailSettings {
  const { EMAIL_SMTP_URL: smtpUrl = '', EMAIL_FROM: from = '' } = settings
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : null
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw refused('EMAIL_SMTP_URL', 'must be an address such as smtp://user:password@mail.example:587.')
  }
  if (!isAddress(from)) throw refused('EMAIL_FROM', 'must be a bare mail address such as bills@city.example.')
  return { smtpUrl, from }
}

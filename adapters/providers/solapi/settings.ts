import { invalid } from '../../../domain/errors.ts'
import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { mobileOrService } from './sender.ts'

export interface SolapiSettings {
  /** Base URL, without a trailing slash. */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly webhookSecret: string
  /** The registered number that messages come from, digits only. */
  readonly sender: string
}

/** The settings of a channel that goes through Solapi, under the channel's own prefix: two channels may have two accounts. */
export const solapiSettings = (prefix: string): ChannelModule['settings'] => ({
  [`${prefix}_API_KEY`]: { description: 'API key of the Solapi account', secret: true, required: true },
  [`${prefix}_API_SECRET`]: { description: 'API secret of the Solapi account', secret: true, required: true },
  [`${prefix}_WEBHOOK_SECRET`]: {
    description:
      'Secret of the webhook "SINGLE-REPORT" in the Solapi console, 16 characters or more; while it is changed the new and the old one, parted by a comma',
    secret: true,
    required: true,
  },
  [`${prefix}_SENDER`]: { description: 'The sender number, registered with Solapi, such as 02-120', secret: false, required: true },
  [`${prefix}_URL`]: { description: 'Base URL of the API; https://api.solapi.com unless set', secret: false, required: false },
})

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function readSolapiSettings(prefix: string, values: Readonly<Record<string, string | undefined>>): SolapiSettings {
  const read = (name: string): string => values[`${prefix}_${name}`] ?? ''
  const wrong = (name: string, expected: string) =>
    invalid('setting_invalid', `${prefix}_${name} has to be ${expected}.`, `/${prefix}_${name}`)
  const text = read('URL') === '' ? 'https://api.solapi.com' : read('URL')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  // Apart from letters, the key must be of what a header can carry: it travels in one.
  if (!/^[\x21-\x7e]{8,128}$/.test(read('API_KEY')) || /[,=]/.test(read('API_KEY'))) throw wrong('API_KEY', '8 to 128 visible characters')
  if (!/^[\x21-\x7e]{16,256}$/.test(read('API_SECRET'))) throw wrong('API_SECRET', '16 to 256 visible characters')
  // A part that is too short would be a secret that can be guessed.
  if (
    !/^[\x21-\x7e]{16,256}$/.test(read('WEBHOOK_SECRET')) ||
    read('WEBHOOK_SECRET')
      .split(',')
      .some(({ length }) => length < 16)
  )
    throw wrong('WEBHOOK_SECRET', '16 to 256 visible characters, or two such, parted by a comma')
  const sender = mobileOrService(read('SENDER'))
  if (sender === null) throw wrong('SENDER', 'a Korean telephone number')
  if (url === undefined || url.search !== '' || url.username !== '' || !(url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    throw wrong('URL', 'an https URL without user or query (http only on this machine)')
  return {
    url: text.replace(/\/+$/, ''),
    apiKey: read('API_KEY'),
    apiSecret: read('API_SECRET'),
    webhookSecret: read('WEBHOOK_SECRET'),
    sender,
  }
}

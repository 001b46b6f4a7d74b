import { invalid } from '../../../domain/errors.ts'
import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { webhookKeys } from '../../../adapters/kit/standard-webhooks.ts'

export interface Settings {
  /** Base URL, without a trailing slash. */
  readonly url: string
  readonly secret: string
  /** Two while the secret is changed. */
  readonly webhookKeys: readonly Buffer[]
}

/** YOURS: what the provider's account needs; an operator reads the descriptions. `readSettings` below checks each. */
export const settings: GatewayModule['settings'] = {
  SAMPLE_URL: { description: 'Base URL of the API', secret: false, required: true },
  SAMPLE_SECRET: { description: 'API secret', secret: true, required: true },
  SAMPLE_WEBHOOK_SECRET: {
    description:
      'Secret of the webhooks: whsec_ and 24 to 64 bytes in base64; while it is changed the new and the old one, parted by a comma',
    secret: true,
    required: true,
  },
}

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function readSettings(values: Readonly<Record<string, string | undefined>>): Settings {
  const text = values['SAMPLE_URL'] ?? ''
  const secret = values['SAMPLE_SECRET'] ?? ''
  const keys = webhookKeys(values['SAMPLE_WEBHOOK_SECRET'] ?? '')
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw wrong('SAMPLE_URL', 'an http or https URL')
  if (!/^[\x21-\x7e]{16,256}$/.test(secret)) throw wrong('SAMPLE_SECRET', '16 to 256 visible characters')
  if (keys === null) throw wrong('SAMPLE_WEBHOOK_SECRET', '"whsec_" and 24 to 64 bytes in base64, or two such, parted by a comma')
  return { url: text.replace(/\/+$/, ''), secret, webhookKeys: keys }
}

const wrong = (name: string, expected: string) => invalid('setting_invalid', `${name} has to be ${expected}.`, `/${name}`)

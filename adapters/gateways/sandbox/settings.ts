import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { invalid } from '../../../domain/errors.ts'
import { webhookKeys } from '../../kit/standard-webhooks.ts'

export interface Settings {
  /** The gateway's base URL, without a trailing slash. */
  readonly url: string
  readonly secret: string
  /** The keys of webhook signatures: two while the secret is changed. */
  readonly webhookKeys: readonly Buffer[]
}

export const settings: GatewayModule['settings'] = {
  SANDBOX_URL: { description: 'Base URL of the sandbox gateway, such as http://127.0.0.1:4010', secret: false, required: true },
  SANDBOX_SECRET: { description: 'API secret of the sandbox gateway', secret: true, required: true },
  SANDBOX_WEBHOOK_SECRET: {
    description:
      'Secret of its webhook signatures: whsec_ and 24 to 64 bytes in base64; while it is changed the new and the old one, parted by a comma',
    secret: true,
    required: true,
  },
}

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function readSettings(values: Readonly<Record<string, string | undefined>>): Settings {
  return {
    url: readUrl(values['SANDBOX_URL']),
    secret: readSecret(values['SANDBOX_SECRET']),
    webhookKeys: readWebhookKeys(values['SANDBOX_WEBHOOK_SECRET']),
  }
}

function readUrl(value = ''): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isBase = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === ''
  if (!isBase) throw wrong('SANDBOX_URL', 'an http or https URL without user, query or fragment')
  return value.replace(/\/+$/, '')
}

/** A secret travels in a header, so it is visible ASCII. */
function readSecret(value = ''): string {
  if (!/^[\x21-\x7e]{16,256}$/.test(value)) throw wrong('SANDBOX_SECRET', '16 to 256 visible ASCII characters')
  return value
}

function readWebhookKeys(value = ''): readonly Buffer[] {
  const keys = webhookKeys(value)
  if (keys === null) throw wrong('SANDBOX_WEBHOOK_SECRET', '"whsec_" and 24 to 64 bytes in base64, or two such, parted by a comma')
  return keys
}

const wrong = (name: string, expected: string) => invalid('setting_invalid', `${name} has to be ${expected}.`, `/${name}`)

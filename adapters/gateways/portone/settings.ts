import { invalid } from '../../../domain/errors.ts'
import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { webhookKeys } from '../../kit/standard-webhooks.ts'

const METHODS = ['CARD', 'EASY_PAY', 'TRANSFER', 'VIRTUAL_ACCOUNT'] as const

export interface Settings {
  /** Base URL of the API, without a trailing slash. */
  readonly url: string
  readonly secret: string
  readonly storeId: string
  readonly channelKey: string
  readonly method: (typeof METHODS)[number]
  /** Two while the secret is changed. */
  readonly webhookKeys: readonly Buffer[]
  /** The page that opens PortOne's payment window. */
  readonly windowUrl: string
}

export const settings: GatewayModule['settings'] = {
  PORTONE_API_SECRET: { description: 'API secret (V2) of the PortOne console', secret: true, required: true },
  PORTONE_STORE_ID: { description: 'Store id, such as store-…', secret: false, required: true },
  PORTONE_CHANNEL_KEY: {
    description: 'Channel key of the payment company behind it, such as channel-key-…',
    secret: false,
    required: true,
  },
  PORTONE_WEBHOOK_SECRET: {
    description:
      'Secret of its webhooks: whsec_ and 24 to 64 bytes in base64; while it is changed the new and the old one, parted by a comma',
    secret: true,
    required: true,
  },
  PORTONE_WINDOW_URL: {
    description: 'Where the page adapters/gateways/portone/window.html is served: it opens the payment window',
    secret: false,
    required: true,
  },
  PORTONE_METHOD: {
    description: 'What the window offers: CARD, EASY_PAY, TRANSFER or VIRTUAL_ACCOUNT; CARD unless set',
    secret: false,
    required: false,
  },
  PORTONE_URL: { description: 'Base URL of the API; https://api.portone.io unless set', secret: false, required: false },
}

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function readSettings(values: Readonly<Record<string, string | undefined>>): Settings {
  const read = (name: string, pattern: RegExp, expected: string): string => {
    const value = values[`PORTONE_${name}`] ?? ''
    if (!pattern.test(value)) throw wrong(name, expected)
    return value
  }
  const keys = webhookKeys(values['PORTONE_WEBHOOK_SECRET'] ?? '')
  const method = METHODS.find((one) => one === (values['PORTONE_METHOD'] ?? 'CARD'))
  const secret = read('API_SECRET', /^[\x21-\x7e]{16,256}$/, '16 to 256 visible characters')
  if (keys === null) throw wrong('WEBHOOK_SECRET', '"whsec_" and 24 to 64 bytes in base64, or two such, parted by a comma')
  if (method === undefined) throw wrong('METHOD', `one of ${METHODS.join(', ')}`)
  return {
    secret,
    method,
    webhookKeys: keys,
    storeId: read('STORE_ID', /^[A-Za-z0-9_-]{1,128}$/, 'a store id'),
    channelKey: read('CHANNEL_KEY', /^[A-Za-z0-9_-]{1,128}$/, 'a channel key'),
    windowUrl: readUrl('WINDOW_URL', values['PORTONE_WINDOW_URL'] ?? ''),
    url: readUrl('URL', values['PORTONE_URL'] ?? 'https://api.portone.io'),
  }
}

function readUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url === undefined || url.username !== '' || url.search !== '' || !(url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    throw wrong(name, 'an https URL without user or query (http only on this machine)')
  return text.replace(/\/+$/, '')
}

const wrong = (name: string, expected: string) => invalid('setting_invalid', `PORTONE_${name} has to be ${expected}.`, `/PORTONE_${name}`)

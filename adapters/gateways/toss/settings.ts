import { invalid } from '../../../domain/errors.ts'
import type { GatewayModule } from '../../../domain/ports/adapter.ts'

const METHODS = ['CARD', 'TRANSFER', 'VIRTUAL_ACCOUNT'] as const

export interface Settings {
  /** Base URL, without a trailing slash. */
  readonly url: string
  readonly secretKey: string
  /** What the payment window offers: cards and wallets, bank transfers, or an account of the payment's own. */
  readonly method: (typeof METHODS)[number]
}

export const settings: GatewayModule['settings'] = {
  TOSS_SECRET_KEY: { description: 'Secret key of the shop at Toss Payments: test_sk_… or live_sk_…', secret: true, required: true },
  TOSS_METHOD: {
    description: 'What the payment window offers: CARD (cards and wallets), TRANSFER or VIRTUAL_ACCOUNT; CARD unless set',
    secret: false,
    required: false,
  },
  TOSS_URL: { description: 'Base URL of the API; https://api.tosspayments.com unless set', secret: false, required: false },
}

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function readSettings(values: Readonly<Record<string, string | undefined>>): Settings {
  const secretKey = values['TOSS_SECRET_KEY'] ?? ''
  if (!/^[\x21-\x39\x3b-\x7e]{16,256}$/.test(secretKey)) throw wrong('TOSS_SECRET_KEY', '16 to 256 visible characters without a colon')
  const method = METHODS.find((one) => one === (values['TOSS_METHOD'] ?? 'CARD'))
  if (method === undefined) throw wrong('TOSS_METHOD', `one of ${METHODS.join(', ')}`)
  const text = values['TOSS_URL'] ?? 'https://api.tosspayments.com'
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url === undefined || url.username !== '' || url.search !== '' || !(url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    throw wrong('TOSS_URL', 'an https URL without user or query (http only on this machine)')
  return { url: text.replace(/\/+$/, ''), secretKey, method }
}

const wrong = (name: string, expected: string) => invalid('setting_invalid', `${name} has to be ${expected}.`, `/${name}`)

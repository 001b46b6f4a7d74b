import { z } from 'zod'
import { type GojiError, invalid } from '../../../domain/errors.ts'
import { keyOfSecret } from '../../kit/signature.ts'

/** One private app that relays official notices, and the secrets we share with it. */
export interface Relay {
  readonly name: string
  /** Base address, without a trailing slash. */
  readonly url: string
  /** Signs our requests. */
  readonly key: Buffer
  /** Verify its webhooks: two while the secret is changed. */
  readonly webhookKeys: readonly Buffer[]
}

/** Standard Webhooks asks for 24 to 64 bytes. */
const secret = z
  .string()
  .regex(/^(whsec_)?[A-Za-z0-9+/_-]+={0,2}$/, 'is not base64 or base64url')
  .transform(keyOfSecret)
  .refine((key) => key.length >= 24 && key.length <= 64, 'must be 24 to 64 bytes')

/** One secret, or the new and the old one while it is changed. */
const webhookSecrets = z.union(
  [secret.transform((key) => [key]), z.array(secret).min(1).max(2)],
  'must be a secret, or a list of one or two',
)

/** Notices hold personal data: they travel unencrypted only inside one machine or one container network. */
const isPrivateHost = (host: string): boolean => !host.includes('.') || host === '127.0.0.1'

const url = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
  .transform((text) => new URL(text))
  .refine((address) => address.protocol === 'https:' || isPrivateHost(address.hostname), 'must use https outside a private network')
  .refine(
    (address) => address.username === '' && address.search === '' && address.hash === '',
    'must have no credentials, query or fragment',
  )
  .transform((address) => `${address.origin}${address.pathname.replace(/\/+$/, '')}`)

const relays = z
  .array(
    z
      .strictObject({
        name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower case letters, digits and dashes'),
        url,
        secret,
        webhookSecret: webhookSecrets,
      })
      .transform(({ name, url, secret, webhookSecret }): Relay => ({ name, url, key: secret, webhookKeys: webhookSecret })),
  )
  .min(1, 'must name at least one relay')
  .max(50)
  .refine((list) => new Set(list.map((relay) => relay.name)).size === list.length, 'names a relay twice')

const refused = (detail: string): GojiError =>
  invalid(
    'setting_invalid',
    `APP_RELAYS is not usable: ${detail}. It is a JSON list such as [{"name":"talk","url":"https://…","secret":"…","webhookSecret":"…"}].`,
  )

/** Reads `APP_RELAYS`. @throws GojiError `setting_invalid`, naming the variable and the field and never a value. */
export function parseRelays(text: string | undefined): ReadonlyMap<string, Relay> {
  if (text === undefined || text.trim() === '') throw refused('it is empty')
  const result = relays.safeParse(parseJson(text))
  if (!result.success) {
    throw refused(
      result.error.issues.map((issue) => `${['', ...issue.path.map(String)].join('/') || 'the list'} ${issue.message}`).join('; '),
    )
  }
  return new Map(result.data.map((relay) => [relay.name, relay]))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which holds secrets.
    throw refused('it is not JSON')
  }
}

import { randomBytes } from 'node:crypto'
import type { Config } from '../../composition/config.ts'
import { seal, unseal } from '../../composition/seal.ts'

type Settings = Pick<Config, 'GOJI_LINK_SECRET'>

/** A form's one-time key for somebody who signed in with the key `keyId`. */
export const newFormKey = (config: Settings, keyId: string): string =>
  seal(config.GOJI_LINK_SECRET, 'formKey', `clerk:${keyId} ${randomBytes(16).toString('base64url')}`)

export const isOwnFormKey = (config: Settings, keyId: string, key: string): boolean =>
  unseal(config.GOJI_LINK_SECRET, 'formKey', key)?.split(' ')[0] === `clerk:${keyId}`

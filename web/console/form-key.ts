import { randomBytes } from 'node:crypto'
import { seal, type SealSettings, unseal } from '../../composition/seal.ts'

type Settings = SealSettings

/** A form's one-time key for somebody who signed in with the key `keyId`. */
export const newFormKey = (config: Settings, keyId: string): string =>
  seal(config.GOJI_LINK_SECRET, 'formKey', `clerk:${keyId} ${randomBytes(16).toString('base64url')}`)

export const isOwnFormKey = (config: Settings, keyId: string, key: string): boolean =>
  unseal(config, 'formKey', key)?.split(' ')[0] === `clerk:${keyId}`

import { createHash } from 'node:crypto'
import { creditorReference } from '../../../domain/reference.ts'
import type { Settings } from './settings.ts'

const DIGITS = 16

/** Digits that belong to a key alone: the same key has the same ones, and nobody can tell the key from them. */
function digitsOf(key: string, length: number): string {
  const bytes = createHash('sha256').update(`transfer ${key}`).digest()
  return (BigInt(`0x${bytes.toString('hex')}`) % 10n ** BigInt(length)).toString().padStart(length, '0')
}

/** By which a transfer is known again: a creditor reference of ISO 11649, or an account number of its own. */
export const referenceOf = (key: string, { prefix }: Settings): string =>
  prefix === undefined ? creditorReference(digitsOf(key, DIGITS)) : `${prefix}${digitsOf(key, DIGITS - prefix.length)}`

import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Kinds of things that have ids; the prefix says what an id is wherever it turns up. */
export type IdPrefix =
  | 'ins'
  | 'key'
  | 'pol'
  | 'cit'
  | 'bill'
  | 'dlv'
  | 'fct'
  | 'chk'
  | 'pay'
  | 'ref'
  | 'stm'
  | 'lin'
  | 'exc'
  | 'cod'
  | 'led'
  | 'obj'
  | 'evt'
  | 'whe'
  | 'upl'
  | 'prt'
  | 'exs'
  | 'exu'
  | 'bat'

/**
 * A new id, `bill_` and 26 characters: 45 bits of time (milliseconds), so that indexes grow at their end, and 85
 * random bits, so that ids cannot be guessed. It carries nothing about a person.
 */
export function newId(prefix: IdPrefix, now: number): string {
  const random = Array.from(randomBytes(17), (byte) => ALPHABET[byte % 32]).join('')
  return `${firstIdAt(prefix, now)}${random}`
}

/** What every id that was made at `now` begins with: as a bound it parts ids by their time, with the index that there is anyway. */
export function firstIdAt(prefix: IdPrefix, now: number): string {
  let time = ''
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = (ALPHABET[rest % 32] ?? '0') + time
  return `${prefix}_${time}`
}

export const isId = (prefix: IdPrefix, text: string): boolean => new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(text)

import { createHash, randomBytes } from 'node:crypto'

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
export const newId = (prefix: IdPrefix, now: number): string => `${firstIdAt(prefix, now)}${letters(randomBytes(17))}`

/** What every id that was made at `now` begins with: as a bound it parts ids by their time, with the index that there is anyway. */
export const firstIdAt = (prefix: IdPrefix, now: number): string => `${prefix}_${timeText(now)}`

/**
 * An id that is made of what it stands for, so that books which have forgotten it make the same one again: whoever knows
 * it outside recognises it, and nothing happens twice. `time` (milliseconds) has to be of that kind too. It can be guessed
 * by whoever knows all the parts.
 */
export function stableId(prefix: IdPrefix, time: number, ...parts: readonly string[]): string {
  const hash = createHash('sha256')
  // Lengths keep the parts from running into each other.
  for (const part of [prefix, ...parts]) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return `${firstIdAt(prefix, time)}${letters(hash.digest().subarray(0, 17))}`
}

/** The time (milliseconds) that stands in an id. */
export const timeOfId = (id: string): number =>
  [...id.slice(id.indexOf('_') + 1).slice(0, 9)].reduce((time, letter) => time * 32 + ALPHABET.indexOf(letter), 0)

function timeText(time: number): string {
  let text = ''
  for (let rest = time, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) text = (ALPHABET[rest % 32] ?? '0') + text
  return text
}

const letters = (bytes: Buffer): string => Array.from(bytes, (byte) => ALPHABET[byte % 32]).join('')

export const isId = (prefix: IdPrefix, text: string): boolean => new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(text)

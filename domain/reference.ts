/** Letters and digits alone, in capitals: what is left of a reference on its way through banks. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The remainder of a number of any length; letters count from 10, as in ISO 7064. */
function mod97(text: string): number {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

/** A creditor reference of ISO 11649 over digits: `RF`, two check digits, the digits. */
export const creditorReference = (digits: string): string => `RF${String(98 - mod97(`${digits}RF00`)).padStart(2, '0')}${digits}`

/** Whether a text, without blanks, is a creditor reference whose check digits are right. */
export const isCreditorReference = (text: string): boolean =>
  /^RF[0-9]{2}[0-9A-Z]{1,21}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1

/** In print a reference stands in groups of four. */
export const spaced = (reference: string): string => reference.replace(/(.{4})(?=.)/g, '$1 ')

/** Joined words that are looked for are of this length, and so many of them are looked for at most. */
const KEY_MIN = 6
const KEY_MAX = 64
const KEYS_MAX = 1_000
/** A number may be torn into so many pieces; a Korean electronic payment number has eight as it is printed. */
const PIECES_MAX = 16

/**
 * Every key that a text may hold: its words, alone and joined with those that follow, so that `2026-11 000 123` is found
 * as `202611000123`. Without a digit it is no number of a bill.
 */
export function keysIn(texts: readonly string[]): string[] {
  const keys = new Set<string>()
  for (const text of texts) {
    const pieces = text
      .slice(0, 2_000)
      .split(/[^\p{L}\p{N}]+/u)
      .map(bare)
      .filter((piece) => piece !== '')
    for (let start = 0; start < pieces.length; start += 1) {
      let key = ''
      for (const piece of pieces.slice(start, start + PIECES_MAX)) {
        key += piece
        if (key.length > KEY_MAX) break
        if (key.length >= KEY_MIN && /[0-9]/.test(key)) keys.add(key)
        if (keys.size >= KEYS_MAX) return [...keys]
      }
    }
    // A creditor reference has a length of its own: it is found also where words stick to it.
    for (const [, reference] of bare(text).matchAll(/(?=(RF[0-9]{18}))/g))
      if (reference !== undefined && isCreditorReference(reference)) keys.add(reference)
  }
  return [...keys]
}

/** The end of a text that a bank cut off: long enough that few numbers begin so. Null where it is short. */
export function cutKey(text: string): string | null {
  const last = bare(text.split(/\s+/).slice(-1)[0] ?? '')
  return last.length >= 10 && last.length < KEY_MAX && /[0-9]/.test(last) ? last : null
}

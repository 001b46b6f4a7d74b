/** What is planted, each a text that stands nowhere else. */
export const CANARIES = {
  name: '카나리아김',
  email: 'canary.mail@canary-post.example',
  phone: '010-9191-7373',
  nationalId: '910203-1777777',
  address: '카나리아로 77길 12-3, 4417호',
  account: '99007-4711-77031',
  holder: '예금주카나리아',
  detail: '세부카나리아9',
  title: '제목카나리아8',
  objection: '이의카나리아7',
  reason: '사유카나리아6',
  payer: 'Payer Canary-Kowalski',
  typed: 'stranger@canary-typed.example',
} as const

/** Luhn-valid: taken nowhere, and not repeated where it is refused. */
export const CARD = '4242424242424242'

/** Not even in the database at the end: kept as a keyed hash only, or erased once the money is there. */
export const GONE: readonly string[] = [CANARIES.nationalId, CANARIES.typed, CANARIES.account, CANARIES.holder]

/** The spellings in which a text may turn up: as it is, in a URL, in JSON without other letters than ASCII, and as base64. */
export function spellingsOf(text: string): string[] {
  const ascii = text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
  // Three places to begin in a group of three bytes; the ends, which depend on the neighbours, are cut off.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.from(`${' '.repeat(before)}${text}`)
      .toString('base64')
      .slice(before === 0 ? 0 : 4, -4),
  )
  return [...new Set([text, encodeURIComponent(text), ascii, ...base64.filter(({ length }) => length >= 8)])]
}

/** Which of these stand in a text, by their names. */
export const foundIn = (text: string, planted: Readonly<Record<string, string>>): string[] =>
  Object.entries(planted).flatMap(([name, canary]) => (spellingsOf(canary).some((one) => text.includes(one)) ? [name] : []))

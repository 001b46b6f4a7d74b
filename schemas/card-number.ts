/** Lengths and first digits that card schemes use; so a 19-digit payment number of a bill is rarely taken for a card. */
const CARD = /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6\d{15,18}|9\d{15})$/
/** Digits, set apart by single blanks or hyphens at most. */
const RUN = /\d+(?:[ -]\d+)*/g
const LENGTH_MIN = 13
const LENGTH_MAX = 19

/** Does a text hold what looks like the number of a payment card? Full-width digits count as digits. */
export function hasCardNumber(text: string): boolean {
  const runs = text.normalize('NFKC').match(RUN) ?? []
  return runs.some((run) => run.length >= LENGTH_MIN && candidates(run.split(/[ -]/)).some((digits) => CARD.test(digits) && isLuhn(digits)))
}

/** Every number of a card's length that whole groups of digits make together. */
function candidates(groups: readonly string[]): string[] {
  return groups.flatMap((_, start) => {
    const found: string[] = []
    let digits = ''
    for (let at = start; at < groups.length && digits.length <= LENGTH_MAX; at++) {
      digits += groups[at] ?? ''
      if (digits.length >= LENGTH_MIN && digits.length <= LENGTH_MAX) found.push(digits)
    }
    return found
  })
}

function isLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

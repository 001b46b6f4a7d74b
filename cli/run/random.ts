/**
 * Chance that can be repeated: each question ("does citizen 7 pay late?") has an answer of its own, drawn from the seed
 * and the words of the question. So no answer depends on when, or after which other one, it is asked.
 */
export function draw(seed: number, ...question: readonly string[]): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  // A separator that no text holds keeps ('ab', 'c') and ('a', 'bc') apart.
  for (const byte of Buffer.from(question.join('\u0000'))) hash = Math.imul(hash ^ byte, 0x01000193)
  return mulberry32(hash)
}

/** One step of Tommy Ettinger's generator: spreads a 32-bit state evenly over [0, 1). */
function mulberry32(state: number): number {
  let mixed = (state + 0x6d2b79f5) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** One of the choices, as likely as its weight says. `chance` is in [0, 1). At least one weight is above zero. */
export function pick<Choice extends string>(weights: Readonly<Record<Choice, number>>, chance: number): Choice {
  const choices = Object.entries<number>(weights).filter(([, weight]) => weight > 0) as [Choice, number][]
  let left = chance * choices.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [choice, weight] of choices) {
    left -= weight
    if (left < 0) return choice
  }
  const last = choices.at(-1)
  if (!last) throw new RangeError('no choice has a weight above zero')
  return last[0]
}

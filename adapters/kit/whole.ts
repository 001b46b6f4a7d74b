/**
 * A whole number as JSON has it, for providers that write amounts as numbers.
 * @throws RangeError where a number cannot hold it exactly: nothing is ever rounded.
 */
export function jsonWhole(whole: bigint): number {
  const number = Number(whole)
  if (!Number.isSafeInteger(number)) throw new RangeError('The number is too large to be written exactly.')
  return number
}

import { type Currency, exponentOf, isCurrency } from '../../domain/currencies.ts'
import { GojiError } from '../../domain/errors.ts'
import { type Money, money } from '../../domain/money.ts'
import { malformed } from './malformed.ts'
import { type Node, words } from './node.ts'

/** The standard's own limit is 18 digits. Beyond this a sum of a file's amounts might not fit the books. */
const MINOR_MAX = 900_000_000_000_000_000n

/**
 * An amount of the standard: an XML decimal that is never negative, with the currency beside it. Missing digits are
 * zeros and so are those beyond the currency's; any other digit there would have to be rounded, and is refused.
 * @throws GojiError `statement_malformed`.
 */
export function readAmount(node: Node, fallback?: string): Money {
  const code = node.currency ?? fallback
  if (code === undefined) throw malformed(node.line, 'an amount has no currency')
  if (!isCurrency(code)) throw malformed(node.line, `the currency "${code.slice(0, 10)}" is not known`)
  const text = words(node) ?? ''
  const [, whole = '', part = ''] = /^\+?(?=\.?[0-9])([0-9]{0,30})\.?([0-9]{0,30})$/.exec(text) ?? []
  if (whole === '' && part === '') throw malformed(node.line, `"${text.slice(0, 40)}" is not an amount`)
  const digits = exponentOf(code)
  if (/[1-9]/.test(part.slice(digits)))
    throw malformed(node.line, `${text} ${code} has more digits than the ${digits} of its currency, and nothing is rounded`)
  const minor = BigInt(whole + part.slice(0, digits).padEnd(digits, '0'))
  if (minor > MINOR_MAX) throw malformed(node.line, `the amount ${text} ${code} is over the limit`)
  return money(minor, code)
}

/** An amount of a part where there is one in this currency; null where it is missing, in another one, or cannot be used. */
export function amountIn(node: Node | undefined, currency: Currency): bigint | null {
  if (node === undefined || words(node) === undefined || (node.currency ?? currency) !== currency) return null
  try {
    return readAmount(node, currency).minor
  } catch (error) {
    // The entry's own amount is what counts: a part that cannot be used leaves it standing as one.
    if (error instanceof GojiError) return null
    throw error
  }
}

import { Decimal } from 'decimal.js'
import { type Currency, exponentOf, isCurrency } from './currencies.ts'
import { invalid } from './errors.ts'

/** An exact amount: `minor` is a whole number of the currency's smallest unit (won, pence). It may be negative. */
export interface Money {
  readonly minor: bigint
  readonly currency: Currency
}

/** Money on the wire and in workflow payloads: a decimal string with exactly the currency's digits. */
export interface WireMoney {
  readonly amount: string
  readonly currency: Currency
}

/** The largest amount accepted, in minor units: fits PostgreSQL's bigint a million times over, so sums do too. */
export const MAX_MINOR = 9_000_000_000_000n

/**
 * Reads an amount as it comes over the wire: `{"amount":"12500","currency":"KRW"}`, `"11.60"` for GBP.
 * @throws GojiError `currency_unknown`, `amount_malformed`, `amount_too_large`; nothing is ever rounded.
 */
export function parseMoney(wire: { amount: string; currency: string }, pointer = ''): Money {
  const { amount, currency } = wire
  if (!isCurrency(currency)) {
    throw invalid(
      'currency_unknown',
      'The currency is not one Goji takes. Use an ISO 4217 code in capitals, such as KRW or GBP.',
      `${pointer}/currency`,
    )
  }
  const digits = exponentOf(currency)
  const pattern = digits === 0 ? /^-?(0|[1-9][0-9]{0,15})$/ : new RegExp(`^-?(0|[1-9][0-9]{0,15})\\.[0-9]{${digits}}$`)
  if (amount.length > 24 || !pattern.test(amount) || /^-0(\.0*)?$/.test(amount)) {
    const example = digits === 0 ? '12500' : `11.${'6'.padEnd(digits, '0')}`
    throw invalid(
      'amount_malformed',
      `An amount in ${currency} is a decimal string with exactly ${digits} digits after the point, such as "${example}".`,
      `${pointer}/amount`,
    )
  }
  const minor = BigInt(amount.replace('.', ''))
  if (minor > MAX_MINOR || minor < -MAX_MINOR) {
    throw invalid(
      'amount_too_large',
      `The amount is over the limit of ${formatAmount({ minor: MAX_MINOR, currency })} ${currency}.`,
      `${pointer}/amount`,
    )
  }
  return { minor, currency }
}

/** `{minor: 1160n, currency: 'GBP'}` → `"11.60"`. */
export function formatAmount({ minor, currency }: Money): string {
  const digits = exponentOf(currency)
  if (digits === 0) return minor.toString()
  const sign = minor < 0n ? '-' : ''
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

export const toWire = (money: Money): WireMoney => ({ amount: formatAmount(money), currency: money.currency })

export const money = (minor: bigint, currency: Currency): Money => ({ minor, currency })

/** How a percentage's fraction of a minor unit is settled; the policy names one. `down` is Korea's 원 미만 절사. */
export type Rounding = 'down' | 'up' | 'halfUp' | 'halfEven'

const MODES: Record<Rounding, Decimal.Rounding> = {
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
  halfUp: Decimal.ROUND_HALF_UP,
  halfEven: Decimal.ROUND_HALF_EVEN,
}

/** `percent` ("3", "0.75") of an amount in minor units, rounded once by the rule the policy names. */
export const percentOf = (minor: bigint, percent: string, rounding: Rounding): bigint =>
  BigInt(new Decimal(minor.toString()).mul(percent).div(100).toDecimalPlaces(0, MODES[rounding]).toFixed(0))

/**
 * Splits `total` in proportion to `weights` so that the parts add up to it exactly: each part is rounded down and the
 * units left over go to the largest remainders, earlier parts first. Used for fees of a payment over many bills.
 * @throws RangeError when the weights are negative or sum to zero while there is something to split.
 */
export function apportion(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (total === 0n) return weights.map(() => 0n)
  if (sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('apportion needs weights that sum to more than zero')
  if (total < 0n) return apportion(-total, weights).map((part) => -part)
  const parts = weights.map((weight) => (total * weight) / sum)
  const left = Number(total - parts.reduce((a, b) => a + b, 0n))
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n
  return parts
}

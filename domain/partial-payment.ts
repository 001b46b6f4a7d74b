import type { Currency } from './currencies.ts'
import { parseMoney } from './money.ts'
import type { Policy } from './policy.ts'

/** The smallest part of a bill that its policy lets a citizen pay, in minor units; null where a bill is paid in full. */
export function smallestPart({ partialPayments }: Policy, currency: Currency): bigint | null {
  if (partialPayments === undefined || partialPayments.minimum.currency !== currency) return null
  return parseMoney(partialPayments.minimum).minor
}

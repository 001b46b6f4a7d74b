import type { Currency } from '../../domain/currencies.ts'
import { type Money, parseMoney } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'

/**
 * What a delivery costs, in minor units of the bill's currency: what the channel itself says, else what the policy does;
 * null where neither knows. A price in another currency is not converted, so it is not used.
 */
export function costOf(channel: string, reported: Money | undefined, currency: Currency, policy: Policy): bigint | null {
  if (reported?.currency === currency) return reported.minor
  const agreed = policy.costs?.[channel]
  return agreed === undefined ? null : parseMoney(agreed).minor
}

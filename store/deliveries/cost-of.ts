import type { Currency } from '../../domain/currencies.ts'
import { agreedPrice } from '../../domain/delivery-costs.ts'
import type { Money } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'

/**
 * What a delivery costs, in minor units of the bill's currency: what the channel itself says, else what the policy does;
 * null where neither knows. A price in another currency is not converted, so it is not used.
 */
export function costOf(channel: string, reported: Money | undefined, currency: Currency, policy: Policy): bigint | null {
  return reported?.currency === currency ? reported.minor : agreedPrice(policy, channel, currency)
}

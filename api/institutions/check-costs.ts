import type { Currency } from '../../domain/currencies.ts'
import { invalid } from '../../domain/errors.ts'
import { parseMoney, type WireMoney } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'

/**
 * Refuses prices of deliveries that the report could not add up.
 * @throws GojiError (invalid) as `parseMoney` does; `channel_unknown`, `cost_negative`, `currency_differs`.
 */
export function checkCosts({ chain, costs, registeredLetter }: Policy, currency: Currency): void {
  for (const [channel, cost] of Object.entries(costs ?? {})) {
    const pointer = `/policy/costs/${channel.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (chain.every((link) => link.channel !== channel))
      throw invalid(
        'channel_unknown',
        'There is a price for a channel that is not in the chain. Leave it out, or add the channel.',
        pointer,
      )
    checkCost(cost, currency, pointer)
  }
  if (registeredLetter !== undefined) checkCost(registeredLetter, currency, '/policy/registeredLetter')
}

function checkCost(cost: WireMoney, currency: Currency, pointer: string): void {
  const { minor, currency: given } = parseMoney(cost, pointer)
  if (minor < 0n)
    throw invalid('cost_negative', 'A delivery costs nothing or more. Give an amount that is not below zero.', `${pointer}/amount`)
  if (given !== currency) throw invalid('currency_differs', `The institution's bills are in ${currency}.`, `${pointer}/currency`)
}

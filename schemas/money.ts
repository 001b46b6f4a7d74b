import { z } from 'zod'
import { CURRENCIES, type Currency } from '../domain/currencies.ts'
import { toWire, type WireMoney } from '../domain/money.ts'

/**
 * An amount on the wire. Only its shape is checked here; `parseMoney` reads it, with the digits of its currency.
 * The pattern stands in the reference alone, so that the refusal names the currency's own rule.
 */
export const moneySchema = z
  .strictObject({
    amount: z
      .string()
      .max(64)
      .meta({
        description:
          'Decimal string with exactly the digits of its currency: "12500" in KRW, "11.60" in GBP. Never a number, never rounded.',
        override: { pattern: '^-?(0|[1-9][0-9]{0,12})(\\.[0-9]{2,3})?$' },
      }),
    currency: z
      .string()
      .max(64)
      .meta({ description: 'ISO 4217 code.', override: { enum: [...CURRENCIES] } }),
  })
  .meta({ id: 'Money', example: { amount: '12500', currency: 'KRW' } })

export const wire = (minor: bigint, currency: Currency): WireMoney => toWire({ minor, currency })

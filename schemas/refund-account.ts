import { z } from 'zod'
import { hasCardNumber } from './card-number.ts'
import { text } from './text.ts'

/** People who are asked for an account type the number of their card. Shorter numbers are accounts that only look like one. */
const CARD_DIGITS_MIN = 15

/** Where a refund may go, as an institution's counter or the citizen says it. */
export const refundAccount = z.strictObject({
  bank: text(60).meta({ description: "The bank's name or code, as the gateway knows it." }),
  number: z
    .string()
    .regex(/^[A-Z0-9](?:[A-Z0-9-]{2,32})[A-Z0-9]$/, 'Use 4 to 34 digits, capitals and hyphens.')
    .refine((value) => value.replaceAll('-', '').length < CARD_DIGITS_MIN || !hasCardNumber(value), {
      message: 'The number is that of a payment card. Give the number of a bank account; card numbers are never taken here.',
      params: { code: 'card_number_refused' },
    })
    .meta({ description: 'The account number or IBAN, without blanks.' }),
  holder: text(120),
})

import { z } from 'zod'
import { line } from './text.ts'

/** Where a refund may go, as an institution's counter or the citizen says it. */
export const refundAccount = z.strictObject({
  bank: line(60).meta({ description: "The bank's name or code, as the gateway knows it." }),
  number: z
    .string()
    .regex(/^[A-Z0-9](?:[A-Z0-9-]{2,32})[A-Z0-9]$/, 'Use 4 to 34 digits, capitals and hyphens.')
    .meta({ description: 'The account number or IBAN, without blanks.' }),
  holder: line(120),
})

import { z } from 'zod'
import { moneySchema } from '../../schemas/money.ts'
import { day } from '../../schemas/time.ts'
import { batchRowExample, batchRowSchema } from './batch-schemas.ts'

/** More kinds of rows than a file of bills has: dates and channels repeat. */
export const GROUPS_MAX = 5_000
/** Refused rows that are shown at once. */
export const SHOWN_MAX = 20

const count = z.number().int()
const byChannel = z.record(z.string(), count)

const price = moneySchema.nullable()

const costs = z
  .strictObject({
    steps: z
      .array(
        z.strictObject({
          policy: z.string(),
          step: count.meta({ description: "Its place in the policy's chain, from 1." }),
          channel: z.string(),
          price: price.meta({ description: 'Of one delivery; null where the policy names none.' }),
          bills: count.meta({ description: 'Bills that could go this way.' }),
          cost: price.meta({ description: 'If all of them went this way.' }),
        }),
      )
      .meta({ description: "Each channel of the policies' chains, in their order." }),
    firstStep: price.meta({ description: 'If every bill is read on the first channel that it is sent on.' }),
    wholeChain: price.meta({ description: 'If every bill goes all the way down its chain.' }),
    registeredLetters: price.meta({ description: 'If every bill were a registered letter, by the price that its policy names.' }),
  })
  .meta({
    description:
      'What the notices would cost, by the prices of the policies as they are now; reminders are not counted. A sum is null where a price in it is not known, or where `complete` is false.',
  })

export const previewSchema = z
  .strictObject({
    valid: count,
    invalid: count,
    problems: z
      .array(z.strictObject({ code: z.string(), column: z.string(), rows: count }))
      .meta({ description: 'How often what is wrong.' }),
    firstInvalid: z.array(batchRowSchema).meta({ description: `The first ${SHOWN_MAX} rows that were refused.` }),
    total: z.strictObject({ bills: count, notices: count, amount: moneySchema }).meta({ description: 'What the valid rows ask for.' }),
    paths: z
      .array(z.strictObject({ channels: z.array(z.string()), bills: count }))
      .meta({ description: 'On which channels citizens are tried, in order, and how many of them.' }),
    costs,
    days: z
      .array(
        z.strictObject({
          date: day,
          issued: count,
          notices: byChannel,
          reminders: byChannel,
          due: count,
          expired: count,
          handedBack: count,
        }),
      )
      .meta({ description: 'What would happen on which day if nobody reacted, in the zone of the institution.' }),
    complete: z.boolean().meta({
      description: `False where the rows are of more than ${GROUPS_MAX} kinds: then \`paths\`, \`costs\` and \`days\` are of the most frequent.`,
    }),
  })
  .meta({ id: 'BatchPreview' })

export const previewExample = {
  valid: 99_988,
  invalid: 12,
  problems: [{ code: 'amount_malformed', column: '납부금액', rows: 12 }],
  firstInvalid: [batchRowExample],
  total: { bills: 99_988, notices: 0, amount: { amount: '12848458000', currency: 'KRW' } },
  paths: [{ channels: ['sample'], bills: 99_988 }],
  costs: {
    steps: [
      {
        policy: 'vehicle-tax',
        step: 1,
        channel: 'sample',
        price: { amount: '15', currency: 'KRW' },
        bills: 99_988,
        cost: { amount: '1499820', currency: 'KRW' },
      },
    ],
    firstStep: { amount: '1499820', currency: 'KRW' },
    wholeChain: { amount: '1499820', currency: 'KRW' },
    registeredLetters: null,
  },
  days: [
    { date: '2026-11-24', issued: 99_988, notices: { sample: 99_988 }, reminders: {}, due: 0, expired: 0, handedBack: 0 },
    { date: '2026-12-31', issued: 0, notices: {}, reminders: {}, due: 99_988, expired: 0, handedBack: 0 },
  ],
  complete: true,
}

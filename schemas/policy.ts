import { z } from 'zod'
import { CURRENCIES } from '../domain/currencies.ts'
import { CLOCKS, ON_EXCESS, type Policy, RECEIPT_LEVELS } from '../domain/policy.ts'
import { moneySchema } from './money.ts'
import { bothLanguages, line } from './text.ts'
import { day, duration, longDuration, zone } from './time.ts'

const clockTime = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'A time of day has to look like 21:00.')
const receipt = z.enum(RECEIPT_LEVELS).meta({ description: 'How far a channel has to report: accepted, delivered or read.' })

/** An amount that stands in a policy: its currency is the institution's. */
const policyMoney = moneySchema.extend({ currency: z.enum(CURRENCIES) }).meta({ id: 'PolicyMoney' })

const percent = z
  .string()
  .regex(/^(?:100|[1-9]?[0-9](?:\.[0-9]{1,4})?)$/, 'A percentage has to look like 3 or 0.66, and is at most 100.')
  .refine((text) => Number(text) > 0, 'A percentage of nothing has no meaning. Leave the rule out.')
  .meta({ description: 'A decimal string, such as 3 or 0.66.' })

const calendar = z.strictObject({
  zone,
  quietHours: z
    .strictObject({ from: clockTime, until: clockTime })
    .optional()
    .meta({ description: 'No notice is sent from `from` until `until`, which may be the next morning.' }),
  dueOnBusinessDay: z.boolean().optional().meta({ description: 'A due date on a weekend or holiday moves to the next business day.' }),
  holidays: z.array(day).max(1_000).optional(),
})

export const policyBody = z.strictObject({
  calendar,
  chain: z
    .array(
      z.strictObject({
        channel: line(64),
        wait: duration,
        until: receipt,
        proof: receipt
          .optional()
          .meta({ description: 'What proves service on this channel, where it is another receipt than `proofOfService`.' }),
      }),
    )
    .min(1)
    .max(10)
    .meta({ description: 'Channels in their order, how long each is waited for, and the receipt that ends the chain.' }),
  proofOfService: receipt,
  due: z.strictObject({ from: z.enum(['issue', 'service']), after: duration }),
  reminders: z.array(z.strictObject({ when: z.enum(['before', 'after']), offset: duration })).max(20),
  late: z
    .strictObject({
      once: percent,
      again: z
        .strictObject({
          percent,
          every: z.union([z.literal('P1M'), duration]),
          times: z.number().int().min(1).max(120),
          principalFrom: policyMoney.optional(),
        })
        .optional()
        .meta({
          description:
            'Taken again after every further period since the due date, at most so many times, where at least `principalFrom` is unpaid.',
        }),
      cap: percent.optional().meta({ description: 'All surcharges together, in percent of the principal.' }),
    })
    .optional()
    .meta({ description: 'Surcharges for being late, in percent of the principal that is unpaid at that moment.' }),
  early: z
    .strictObject({ percent, within: duration, from: z.enum(['issue', 'service']) })
    .optional()
    .meta({ description: "What paying early saves, in percent of the principal, by the payment's own time." }),
  handBackAfter: duration.meta({ description: 'How long after the due date an unpaid bill goes back to the institution.' }),
  expiresAfter: longDuration
    .optional()
    .meta({ description: 'How long after its issue a bill may be paid here at all; never less than until its due date.' }),
  extension: z
    .strictObject({ byCitizen: z.strictObject({ days: z.number().int().min(1).max(366), times: z.number().int().min(1).max(12) }) })
    .optional()
    .meta({ description: 'A citizen who asks for more time gets it at once: so many days each time, so many times.' }),
  objection: z
    .strictObject({ within: longDuration })
    .optional()
    .meta({ description: 'Citizens may object for so long after service; the bill is paused until it is decided.' }),
  settlement: z.strictObject({ within: duration, askEvery: longDuration, exceptionAfter: duration }),
  checkout: z.strictObject({ expiresAfter: longDuration, askEvery: longDuration }),
  onExcess: z.enum(ON_EXCESS).meta({
    description:
      "Money that a bill cannot take, or that an amendment makes too much, goes back, is held until somebody decides, or is kept for the citizen's next bill of the institution.",
  }),
  partialPayments: z
    .strictObject({ minimum: moneySchema })
    .optional()
    .meta({ description: 'A citizen may pay a part, of `minimum` at least. Left out, a bill is paid in full.' }),
  costs: z
    .record(line(64), moneySchema)
    .optional()
    .meta({ description: 'What one delivery costs by channel, where the channel itself names no price. For the report only.' }),
  registeredLetter: moneySchema
    .optional()
    .meta({ description: 'What a registered letter would cost: the report compares with all bills sent that way.' }),
  pauseStops: z.array(z.enum(CLOCKS)).max(CLOCKS.length),
  rounding: z.enum(['down', 'up', 'halfUp', 'halfEven']),
})

export const newPolicySchema = z
  .strictObject({
    title: bothLanguages(120).meta({ description: "What this kind of bill is called on the citizens' pages." }),
    policy: policyBody,
  })
  .meta({ id: 'NewPolicy' })

export const policySchema = z
  .strictObject({
    name: z.string(),
    version: z.number().int(),
    title: z.strictObject({ ko: z.string(), en: z.string() }),
    policy: policyBody,
  })
  .meta({ id: 'Policy' })

export const policyExample: { title: { ko: string; en: string }; policy: Policy } = {
  title: { ko: '자동차세', en: 'Vehicle tax' },
  policy: {
    calendar: { zone: 'Asia/Seoul', quietHours: { from: '21:00', until: '08:00' }, dueOnBusinessDay: true, holidays: ['2027-01-01'] },
    chain: [
      { channel: 'app', wait: 'PT24H', until: 'read' },
      { channel: 'email', wait: 'P3D', until: 'delivered' },
    ],
    proofOfService: 'delivered',
    due: { from: 'issue', after: 'P30D' },
    reminders: [
      { when: 'before', offset: 'P3D' },
      { when: 'after', offset: 'P1D' },
    ],
    late: { once: '3', again: { percent: '0.66', every: 'P1M', times: 60, principalFrom: { amount: '450000', currency: 'KRW' } } },
    handBackAfter: 'P90D',
    settlement: { within: 'P3D', askEvery: 'P1D', exceptionAfter: 'P10D' },
    checkout: { expiresAfter: 'PT30M', askEvery: 'PT20S' },
    onExcess: 'refund',
    pauseStops: ['deliver', 'remind', 'due', 'surcharge', 'handBack'],
    rounding: 'down',
  },
}

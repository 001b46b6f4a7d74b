import { z } from 'zod'

const amount = z.string().meta({ description: "Decimal string with exactly the currency's digits." })
const column = z.strictObject({ bills: z.number().int(), amount })

/** The names are in snake case: the report is printed and diffed as it is, and other tools read these names. */
export const reportSchema = z
  .strictObject({
    bills: z.number().int(),
    final: z
      .number()
      .int()
      .meta({ description: 'Bills of which nothing more is due: settled, written off, cancelled, handed back or concluded.' }),
    ledger_balanced: z.boolean().meta({ description: 'The sum over the whole ledger is zero in every currency.' }),
    institutions: z.array(
      z.strictObject({
        name: z.string(),
        currency: z.string(),
        issued: column.meta({ description: 'As billed, before surcharges and reductions.' }),
        surcharged: column.meta({ description: 'For being late.' }),
        reduced: column.meta({ description: 'For paying early.' }),
        paid: column,
        refunded: column,
        settled: column.meta({ description: 'Gross, as the gateways settled it.' }),
        written_off: column,
        cancelled: column,
        outstanding: column,
      }),
    ),
    payments_by_method: z
      .record(z.string(), z.strictObject({ payments: z.number().int(), amount, currency: z.string() }))
      .meta({ description: 'By method; where the report spans several currencies by method and currency, such as `card.GBP`.' }),
    deliveries: z
      .array(
        z.strictObject({
          institution: z.string(),
          currency: z.string(),
          path: z.string().meta({ description: 'The channels that were tried, in their order.' }),
          bills: z.number().int(),
          sent: z.number().int(),
          delivered: z.number().int(),
          read: z.number().int(),
          returned: z.number().int(),
          recalled: z.number().int(),
          cost: amount.meta({ description: 'Of everything sent about these bills, reminders too, where a price is known.' }),
          all_registered_letters: amount.nullable().meta({
            description: 'What one registered letter for each of these bills would have cost; null where a policy names no price.',
          }),
        }),
      )
      .meta({ description: 'By institution and by the way that the notices took.' }),
  })
  .meta({ id: 'Report' })

const of = (bills: number, sum: string): object => ({ bills, amount: sum })

export const reportExample = {
  bills: 1200,
  final: 1100,
  ledger_balanced: true,
  institutions: [
    {
      name: 'Hangang City',
      currency: 'KRW',
      issued: of(1200, '154200000'),
      surcharged: of(0, '0'),
      reduced: of(0, '0'),
      paid: of(1105, '141992500'),
      refunded: of(3, '385500'),
      settled: of(1098, '141093000'),
      written_off: of(1, '128500'),
      cancelled: of(4, '514000'),
      outstanding: of(93, '11950500'),
    },
  ],
  payments_by_method: {
    card: { payments: 700, amount: '89950000', currency: 'KRW' },
    simplePay: { payments: 405, amount: '52042500', currency: 'KRW' },
  },
  deliveries: [
    {
      institution: 'Hangang City',
      currency: 'KRW',
      path: 'app > letter',
      bills: 1200,
      sent: 1290,
      delivered: 1180,
      read: 1102,
      returned: 2,
      recalled: 5,
      cost: '258750',
      all_registered_letters: '3450000',
    },
  ],
}

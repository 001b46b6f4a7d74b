import { z } from 'zod'
import { parseMoney } from '../../domain/money.ts'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { moneySchema } from '../../schemas/money.ts'
import { day } from '../../schemas/time.ts'
import { detailsSchema } from '../../schemas/new-bill.ts'
import { changeBill, orderReason } from './order-bill.ts'

const body = z
  .strictObject({
    amount: moneySchema.optional().meta({ description: 'What the bill asks for itself, without surcharges and reductions.' }),
    dueDate: day.optional().meta({ description: 'Never earlier than a date that the citizen was shown.' }),
    details: detailsSchema.optional(),
    reason: orderReason,
  })
  .meta({ id: 'Amendment' })

export const amendBillEndpoint = changeBill({
  verb: 'amend',
  operationId: 'amendBill',
  summary: 'Correct a bill that is not paid in full',
  description:
    'Changes the amount, the due date or the details, and keeps the revision before. Whoever was shown the old figures is served anew, and a payment page over the old amount is ended. Surcharges on what was too much are taken back with it, and what is paid beyond what the bill then asks for goes by its policy (`onExcess`).',
  body,
  bodyExample: { amount: { amount: '98500', currency: 'KRW' }, reason: 'The engine size was wrong' },
  refusals: ['bill_asks_nothing', 'bill_closed', 'bill_paid'],
  broken: [
    'amendment_empty',
    'amount_below_cancelled',
    'amount_below_paid',
    'amount_malformed',
    'amount_not_positive',
    'amount_too_large',
    'currency_differs',
    'currency_unknown',
    'date_out_of_range',
    'due_date_earlier',
    'due_date_past',
  ],
  toOrder: ({ amount, ...given }) => ({ ...given, amount: amount === undefined ? undefined : parseMoney(amount, '/amount') }),
  command: amendBill,
})

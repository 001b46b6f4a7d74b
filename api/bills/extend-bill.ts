import { z } from 'zod'
import { extendBill } from '../../store/commands/extend-bill.ts'
import { day } from '../../schemas/time.ts'
import { changeBill, orderReason } from './order-bill.ts'

const body = z
  .strictObject({
    dueDate: day.meta({ description: 'The last day to pay in time from now on; later than the one before.' }),
    reason: orderReason,
  })
  .meta({ id: 'Extension' })

export const extendBillEndpoint = changeBill({
  verb: 'extend',
  operationId: 'extendBill',
  summary: 'Give more time to pay',
  description:
    'Moves the due date later, never earlier; reminders and the end of patience follow it. An overdue bill whose new date lies ahead is no longer overdue. The citizen sees the new date and the reason.',
  body,
  bodyExample: { dueDate: '2027-01-31', reason: 'Granted on request' },
  refusals: ['bill_asks_nothing', 'bill_closed', 'bill_paid', 'due_date_unknown'],
  broken: ['date_out_of_range', 'due_date_not_later', 'due_date_past'],
  toOrder: (given) => given,
  command: extendBill,
})

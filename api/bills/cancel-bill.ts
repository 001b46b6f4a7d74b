import { cancelBill } from '../../store/commands/drop-charge.ts'
import { orderBill } from './order-bill.ts'

export const cancelBillEndpoint = orderBill({
  verb: 'cancel',
  operationId: 'cancelBill',
  summary: 'Cancel a bill that should not be',
  description: 'What is still owed is cancelled, reminders stop, and a payment that is under way goes back to the citizen by itself.',
  reasonExample: 'Issued to the former owner of the vehicle',
  refusals: ['bill_closed', 'bill_paid'],
  command: cancelBill,
})

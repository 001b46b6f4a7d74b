import { writeOffBill } from '../../store/commands/drop-charge.ts'
import { orderBill } from './order-bill.ts'

export const writeOffBillEndpoint = orderBill({
  verb: 'write-off',
  operationId: 'writeOffBill',
  summary: 'Give up what is still owed',
  description: 'For a rightful bill that will not be collected. What was paid stays with the institution.',
  reasonExample: 'Below the amount worth collecting',
  refusals: ['bill_closed', 'bill_not_issued', 'bill_paid'],
  command: writeOffBill,
})

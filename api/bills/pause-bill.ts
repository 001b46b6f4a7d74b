import { pauseBill } from '../../store/commands/pause-bill.ts'
import { orderBill } from './order-bill.ts'

export const pauseBillEndpoint = orderBill({
  verb: 'pause',
  operationId: 'pauseBill',
  summary: "Pause a bill's clocks",
  description:
    'Stops the clocks that the policy lists, for an objection or a hearing. Nothing of them happens until the bill is resumed, and no day is lost.',
  reasonExample: 'Objection received',
  refusals: ['bill_closed', 'bill_paused'],
  command: pauseBill,
})

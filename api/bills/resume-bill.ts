import { resumeBill } from '../../store/commands/pause-bill.ts'
import { orderBill } from './order-bill.ts'

export const resumeBillEndpoint = orderBill({
  verb: 'resume',
  operationId: 'resumeBill',
  summary: "Let a bill's clocks go on",
  description: 'Every date moves by exactly the time of the pause.',
  reasonExample: 'Objection decided',
  refusals: ['bill_not_paused', 'objection_open'],
  command: resumeBill,
})

import { batchMachine } from './batch.ts'
import { rowMachine } from './batch-row.ts'
import { billMachine } from './bill.ts'
import { checkoutMachine } from './checkout.ts'
import { deliveryMachine } from './delivery.ts'
import { objectionMachine } from './objection.ts'
import { lineMachine } from './statement-line.ts'
import { paymentMachine } from './payment.ts'
import { refundMachine } from './refund.ts'
import type { Machine } from './table.ts'

/** Every machine, for the drawing in docs/state-machines.md, the exhaustive test and the check against the database. */
export const machines: readonly Machine<string, string>[] = [
  billMachine,
  deliveryMachine,
  checkoutMachine,
  paymentMachine,
  refundMachine,
  lineMachine,
  objectionMachine,
  batchMachine,
  rowMachine,
]

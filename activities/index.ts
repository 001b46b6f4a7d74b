import { settlementActivities } from './ask-settlement.ts'
import { batchActivities } from './batch.ts'
import { booksActivities } from './books.ts'
import { checkoutActivities } from './checkout.ts'
import { mapFailures } from './failure.ts'
import type { Ports } from './ports.ts'
import { recallActivities } from './recall-notice.ts'
import { sendActivities } from './send-notice.ts'
import { refundActivities } from './send-refund.ts'
import { statementActivities } from './statement.ts'
import { sweepActivities } from './sweep.ts'
import { webhookActivities } from './webhook.ts'

/** Every activity of a worker. Workflows see only the type. */
export const createActivities = (ports: Ports) =>
  mapFailures({
    ...booksActivities(ports),
    ...sendActivities(ports),
    ...recallActivities(ports),
    ...refundActivities(ports),
    ...settlementActivities(ports),
    ...checkoutActivities(ports),
    ...statementActivities(ports),
    ...batchActivities(ports),
    ...sweepActivities(ports),
    ...webhookActivities(ports),
  })

export type Activities = ReturnType<typeof createActivities>

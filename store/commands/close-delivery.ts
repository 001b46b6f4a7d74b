import type { Tx } from '../connection.ts'
import { isStopped } from '../providers/provider-stop.ts'
import { endSending } from '../unit/end-sending.ts'
import { withBill } from '../unit/with-bills.ts'

/**
 * Ends a delivery that is still being sent: `fail` after its last attempt, `stop` when it is no longer wanted. One that
 * has got through meanwhile is left as it is, and so is one whose channel an operator has stopped: the plan takes it up again.
 */
export async function closeDelivery(tx: Tx, billId: string, key: string, event: 'fail' | 'stop', now: number): Promise<void> {
  await withBill(tx, billId, now, async (held) => {
    const delivery = held.bill.deliveries.find((one) => one.key === key)
    if (delivery?.state !== 'sending') return
    if (event === 'fail' && (await isStopped(tx, 'channel', delivery.channel))) return
    endSending(tx, held, delivery, event, now)
  })
}

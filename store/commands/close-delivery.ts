import { deliveryMachine, type DeliveryState } from '../../domain/states/delivery.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { isStopped } from '../providers/provider-stop.ts'
import { withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

/**
 * Ends a delivery that is still being sent: `fail` after its last attempt, `stop` when it is no longer wanted. One that
 * has got through meanwhile is left as it is, and so is one whose channel an operator has stopped: the plan takes it up again.
 */
export async function closeDelivery(tx: Tx, billId: string, key: string, event: 'fail' | 'stop', now: number): Promise<void> {
  await withBill(tx, billId, now, async (held) => {
    const [row] = await tx<
      { id: string; state: DeliveryState; channel: string }[]
    >`select id, state, channel from deliveries where bill_id = ${billId} and key = ${key} for update`
    if (row?.state !== 'sending' || !allows(deliveryMachine, row.state, event)) return
    if (event === 'fail' && (await isStopped(tx, 'channel', row.channel))) return
    const state = transition(deliveryMachine, row.state, event)
    send(
      tx,
      tx`
      update deliveries set state = ${state}, ended_at = ${now}, failure_kind = ${event === 'fail' ? 'technical' : null},
        failure_code = ${event === 'fail' ? 'attempts_exhausted' : null}
      where id = ${row.id}`,
    )
    held.change({
      deliveries: held.bill.deliveries.map((delivery) => (delivery.key === key ? { ...delivery, state, endedAt: now } : delivery)),
    })
    held.log(state, 'engine', { key, channel: row.channel })
  })
}
